"""Commands that rebuild, compare and pack: all notebooks, or those of one study."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(commands: argparse._SubParsersAction) -> None:
    """Add these commands to those of the command line."""
    rebuild = commands.add_parser("rebuild", help="run all notebooks, make all figures")
    rebuild.add_argument("study", nargs="?", help="only the notebook of this study of your own")
    rebuild.set_defaults(run=_rebuild)

    reproduce = commands.add_parser(
        "reproduce", help="rebuild what is committed in a copy, compare, write a page"
    )
    reproduce.add_argument("study", nargs="?", help="only this study of your own, as it lies here")
    reproduce.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where (build/reproduction if left out)"
    )
    reproduce.set_defaults(run=_reproduce)

    crate = commands.add_parser("crate", help="pack a study of your own as an RO-Crate")
    crate.add_argument("study")
    crate.add_argument("--out", type=Path, metavar="FILE", help="a .zip (build/STUDY.zip)")
    crate.add_argument("--licence", help="the address of the licence you give it")
    crate.add_argument("--author", action="append", default=[], help="who made it")
    crate.set_defaults(run=_crate)

    site = commands.add_parser("site", help="make web pages of the notebooks and docs")
    site.add_argument("--out", type=Path, default=Path("site"), help="the folder (site)")
    site.set_defaults(run=_site)


def _rebuild(options: argparse.Namespace) -> int:
    from analysis.reproduction import own_study, reproduce
    from analysis.storage import project

    top = project.root()
    table = own_study.rebuild(options.study, top) if options.study else reproduce.rebuild(top)
    print(table.to_string(index=False))
    same = int((table["verdict"] == "identical").sum())
    compared = "as they were" if options.study else "with what is committed"
    print(f"{same} of {len(table)} files identical {compared}")
    return int(same != len(table))


def _reproduce(options: argparse.Namespace) -> int:
    from analysis.reproduction import own_study, reproduce
    from analysis.reproduction import page as reproduction_page
    from analysis.storage import project

    top = project.root()
    if options.study:
        out = (options.out or top / "build" / f"reproduction-{options.study}").resolve()
        table = own_study.reproduce(options.study, top, out)
        wrong = table[table["verdict"] != "identical"]
        for row in wrong.itertuples():
            print(": ".join(filter(None, (row.file, row.verdict, row.where, row.difference))))
        print(f"{len(table) - len(wrong)} of {len(table)} files identical when made anew")
        return int(len(wrong) > 0)
    out = (options.out or top / "build" / "reproduction").resolve()
    done = reproduce.reproduce(top, out)
    page = reproduction_page.write(done, out / "reproduction.html")
    for row in done.wrong.itertuples():
        print(": ".join(filter(None, (row.file, row.verdict, row.where, row.difference))))
    print(reproduction_page.summary(done))
    print(f"page: {page}")
    return int(len(done.wrong) > 0)


def _crate(options: argparse.Namespace) -> int:
    from analysis.publication import crate
    from analysis.storage import project

    top = project.root()
    out = options.out or top / "build" / f"{options.study}.zip"
    names = {"licence": options.licence, "authors": options.author}
    files = crate.write_crate(options.study, out, top=top, **names)
    print(f"written: {out} with {len(files)} files")
    return 0


def _site(options: argparse.Namespace) -> int:
    from analysis.publication import site
    from analysis.storage import project

    pages = site.build(project.root(), options.out)
    broken = site.broken_links(options.out)
    for line in broken:
        print(line)
    print(f"{len(pages)} pages; open {options.out / site.INDEX}")
    return int(bool(broken))
