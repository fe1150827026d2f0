"""Small newspaper issues, as many as wanted, each unlike the others; and engines that fail on a sign in the text."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from briefing.config import Config
from tests.engines import SlotCopier

_SURNAMES, _GIVEN = "周郑许梁宋唐韩冯曹彭", ("敏", "立群", "文涛", "晓燕", "志远", "海宁")
_PLACES = ("澄江", "望湖", "青岭", "临溪", "柳桥", "石门", "安塘", "云坪")
_THEMES = (("项目", "个"), ("企业", "家"), ("学校", "所"), ("泵站", "座"), ("公园", "处"))
CRASH, HANG, GREEDY, BUG = "爆裂记号", "停滞记号", "贪食记号", "差错记号"


def text(number: int, sign: str = "") -> str:
    """The issue of that number, always the same."""
    dice = random.Random(number)
    place, name = dice.choice(_PLACES), dice.choice(_SURNAMES) + dice.choice(_GIVEN)
    noun, unit = dice.choice(_THEMES)
    built, planned = dice.randint(11, 980), dice.randint(11, 980)
    money, rate = dice.randint(101, 9999) / 10, dice.randint(11, 129) / 10
    return (
        f"{sign}让{place}的{noun}更多更好\n"
        f"——访云河市{place}区委副书记、区长{name}\n\n"
        f"1月{dice.randint(2, 28)}日，记者专访了云河市{place}区委副书记、区长{name}。\n"
        f"“过去一年，全区完成投资{money}亿元，同比增长{rate}%。”{name}说，去年新建{noun}{built}{unit}。\n"
        f"“今年，我们将新建{noun}{planned}{unit}以上，力争投资增长{rate + 1:.1f}%左右。”{name}表示。\n"
        f"第{number}期\n"
    )


def write(folder: Path, count: int, signs: Sequence[str] = ()) -> list[Path]:
    """`count` issues in `folder`; the first ones carry `signs`."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for number in range(1, count + 1):
        path = folder / f"期{number:04d}.txt"
        path.write_text(text(number, signs[number - 1] if number <= len(signs) else ""), encoding="utf8")
        out.append(path)
    return out


def copier(config: Config) -> SlotCopier:
    """An engine that says nothing but the slots."""
    return SlotCopier()


class _Faulty(SlotCopier):
    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        told = "".join(texts)
        if CRASH in told:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        if HANG in told:
            time.sleep(600)
        if GREEDY in told:
            held = [b"x" * (32 << 20)]
            while len(held) < 64:
                held.append(bytes([len(held)]) * (32 << 20))
                time.sleep(0.05)
            time.sleep(600)
        if BUG in told:
            raise ZeroDivisionError("a fault of the engine")
        return super().translate(texts)


def faulty(config: Config) -> SlotCopier:
    """An engine that crashes, hangs, eats memory or raises where the text carries a sign."""
    return _Faulty()


class _Slow(SlotCopier):
    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        time.sleep(0.15)
        return super().translate(texts)


def slow(config: Config) -> SlotCopier:
    """An engine that takes its time."""
    return _Slow()


def main() -> None:
    """Run a batch: folder, output folder, jobs."""
    from briefing.batch.local import Limits, Pool
    from briefing.commands.batch import run

    limits = Limits(int(sys.argv[3]))
    with Pool(Config(), limits, slow) as pool:
        report = run(Path(sys.argv[1]), Path(sys.argv[2]), Config(), limits, pool=pool)
    sys.exit(4 if report.failed else 0)


if __name__ == "__main__":
    main()
