# rehearse: schema-hash
# expect: WA
# Writes the length of a text in characters, not in bytes.
def schema_hash(features: list[tuple[str, str, list[str]]]) -> str:
    def written(text: str) -> str:
        return f"{len(text)}:{text}"

    h = 0xCBF29CE484222325
    for name, kind, levels in sorted(features, key=lambda feature: feature[0]):
        line = written(name) + written(kind) + f"{len(levels)};" + "".join(map(written, levels))
        for byte in line.encode():
            h = (h ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{h:016x}"
