"""How the tests run: no case fails because the machine is busy."""

from hypothesis import settings

settings.register_profile("ours", deadline=None)
settings.load_profile("ours")
