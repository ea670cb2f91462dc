# rehearse: log-schema-check
#
# First lay an event flat: path to token, nothing below an object that is not to be looked at. Then
# every path that the event or the schema has is judged by itself.


def kind(text: str) -> str:
    if text == "{":
        return "object"
    if text in ("true", "false"):
        return "bool"
    if text == "null":
        return "null"
    if text.startswith('"'):
        return "string"
    return "float" if "." in text else "int"


def laid_flat(tokens: list[tuple[str, str]], types: dict[str, str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    around: list[str] = []  # what to put before a key, for each open object
    closed = 0  # open objects from the outermost one on that is not looked at
    for key, text in tokens:
        if text == "}":
            if closed:
                closed -= 1
            else:
                around.pop()
        elif closed:
            closed += text == "{"
        else:
            path = (around[-1] if around else "") + key
            texts[path] = text
            if text == "{":
                if types.get(path) == "object":
                    around.append(path + ".")
                else:
                    closed = 1
    return texts


def schema_problems(
    schema: dict[str, str], id_path: str, events: list[list[tuple[str, str]]]
) -> list[tuple[int, str, str]]:
    types = {path: text.rstrip("?") for path, text in schema.items()}
    due = [path for path, text in schema.items() if not text.endswith("?")]
    seen: set[str] = set()
    problems: list[tuple[int, str, str]] = []
    for event, tokens in enumerate(events):
        texts = laid_flat(tokens, types)

        def fits(path: str) -> bool:
            found = kind(texts[path])
            return found == types[path] or (found, types[path]) == ("int", "float")

        for path, text in texts.items():
            if path not in types:
                problems.append((event, path, "unknown"))
            elif text != "null" and not fits(path):
                problems.append((event, path, "type"))
        for path in due:
            parent = path.rpartition(".")[0]
            if texts.get(path, "null") == "null" and (not parent or texts.get(parent) == "{"):
                problems.append((event, path, "missing"))

        id_text = texts.get(id_path, "null")
        if id_text != "null" and fits(id_path):
            if id_text in seen:
                problems.append((event, id_path, "duplicate"))
            seen.add(id_text)
    return sorted(problems)
