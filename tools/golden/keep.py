"""Changes some lines of a golden file and leaves the others as they are; says which lines differ."""

import json
import re
from collections import Counter
from difflib import SequenceMatcher

HEAD = "generated"


def camel_case(name):
    return re.sub(r"(?<=[A-Za-z0-9])_([a-z0-9])", lambda match: match[1].upper(), name)


class Named:
    """Whether a line is about one of these: `logSoftmax`, `log_softmax` and `LogSoftmax` are the same, `add` takes `add_` along."""

    def __init__(self, names):
        words = "|".join(re.escape(camel_case(name)) for name in names)
        self.pattern = re.compile(rf"(?<![\w-])(?:{words})_?(?![\w-])", re.IGNORECASE)

    def __contains__(self, text):
        return self.pattern.search(text) is not None


def label(section, row):
    """What a line is about: its first entry, `{"op": "add", ...}`."""
    first = next(iter(row.values()), "") if isinstance(row, dict) else row
    return f"{section} {first if isinstance(first, str) else json.dumps(first)}"


def is_table(value):
    """Whether a line is a row of it, as `dump` writes it."""
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def only(old, new, named):
    """`old` with the lines that `named` has from `new`, in the order of `new`. The head is that of `new`."""
    result = {HEAD: new[HEAD]}
    for section in [*new, *(key for key in old if key not in new)]:
        if section == HEAD:
            continue
        mine, theirs = old.get(section), new.get(section)
        if is_table(mine or []) and is_table(theirs or []):
            rows = only_rows(section, mine or [], theirs or [], named)
            if rows or mine is not None:
                result[section] = rows
        elif section in named or mine is None:
            result[section] = theirs
        else:
            result[section] = mine
    return result


def only_rows(section, old, new, named):
    labels = [label(section, row) for row in old], [label(section, row) for row in new]
    rows = []
    for tag, first, last, from_new, to_new in SequenceMatcher(None, *labels, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs = zip(labels[0][first:last], old[first:last], new[from_new:to_new])
            rows += [theirs if text in named else mine for text, mine, theirs in pairs]
        else:
            rows += [row for row, text in zip(old[first:last], labels[0][first:last]) if text not in named]
            rows += [row for row, text in zip(new[from_new:to_new], labels[1][from_new:to_new]) if text in named]
    return rows


def is_about(content, named):
    """Whether any line is about what is named."""
    tables = {section: rows for section, rows in content.items() if section != HEAD}
    return any(
        section in named or (is_table(rows) and any(label(section, row) in named for row in rows))
        for section, rows in tables.items()
    )


def differences(old, new):
    """Lines that are in one of them alone: `+ cases atan` for a new one, `-` for one that goes, `~` for other contents."""
    for section in [*new, *(key for key in old if key not in new)]:
        mine, theirs = old.get(section), new.get(section)
        if (mine or []) == (theirs or []):
            continue
        if not is_table(mine or []) or not is_table(theirs or []):
            yield f"~ {section}"
            continue
        before, after = counted(section, mine or []), counted(section, theirs or [])
        gone, come = before - after, after - before
        for text in sorted({text for text, _ in [*gone, *come]}):
            lost, won = (sum(count for (of, _), count in rows.items() if of == text) for rows in (gone, come))
            changed = min(lost, won)
            for sign, count in (("~", changed), ("-", lost - changed), ("+", won - changed)):
                if count:
                    yield f"{sign} {text}" + (f" ({count} lines)" if count > 1 else "")
        if before == after:
            yield f"~ {section} (the order of its lines)"


def counted(section, rows):
    return Counter((label(section, row), json.dumps(row)) for row in rows)
