# rehearse: flatten-record
# Lists all values with their paths, sorts them, and judges each run of equal paths; no map of paths is kept.
from itertools import groupby


def flatten_record(events: list[tuple[str, str, str]], schema: dict[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    values = []  # (path, pattern, kind, text)
    stack = []  # (prefix of paths, prefix of patterns, places of the list or None)
    for kind, name, text in events:
        if kind in ("}", "]"):
            stack.pop()
            continue
        path = pattern = ""
        if stack:
            path_prefix, pattern_prefix, places = stack[-1]
            if places is None:
                path, pattern = path_prefix + name, pattern_prefix + name
            else:
                path, pattern = path_prefix + str(places[0]), pattern_prefix + "*"
                places[0] += 1
        if kind not in ("{", "["):
            values.append((path, pattern, kind, text))
        else:
            dot = "." if stack else ""
            stack.append((path + dot, pattern + dot, [0] if kind == "[" else None))

    row, errors, seen = {}, [], set()
    values.sort()
    for path, run in groupby(values, key=lambda value: value[0]):
        seen.add(path)
        _, pattern, kind, text = next(run)
        wanted = schema.get(pattern)
        if next(run, None) is not None:
            errors.append((path, "collision"))
        elif wanted is None:
            errors.append((path, "unknown"))
        elif kind == "null":
            if not wanted.endswith("?"):
                errors.append((path, "null"))
        elif kind != wanted.rstrip("?"):
            errors.append((path, "type"))
        else:
            row[path] = text
    errors += (
        (pattern, "missing")
        for pattern, wanted in schema.items()
        if "*" not in pattern and not wanted.endswith("?") and pattern not in seen
    )
    errors.sort()
    return row, errors
