"""How long a keystroke on the desk is read, with a township's villages, topics and units."""

import time

from voters.quick_entry import Entry, Lexicon, parse

HAN = "东西南北上下大小高低长新老石林"
TIMES = 1000


def make_lexicon():
    return Lexicon(
        villages=tuple(Entry(n, f"{HAN[n % 15]}{'湾冲'[n % 2]}村") for n in range(30)),
        topics=tuple(Entry(n, f"{HAN[n]}方面建设工程") for n in range(15)),
        units=tuple(
            Entry(n, f"镇{HAN[n % 15]}{n}部管理办公室", (f"{HAN[n % 15]}{n}办",)) for n in range(40)
        ),
    )


def test_keystroke():
    make_lexicon()
    start = time.perf_counter()
    lexicon = make_lexicon()
    built = time.perf_counter() - start

    start = time.perf_counter()
    for n in range(TIMES):
        parse(f"张三 139{n:08} 东湾 东方面建设工程 路灯不亮，晚上黑 交:东0办", lexicon)
    seconds = time.perf_counter() - start

    print(f"\nlexicon of 30 villages, 15 topics, 40 units: {built * 1000:.0f} ms")
    print(f"{TIMES} lines read: {seconds:.2f} s")
