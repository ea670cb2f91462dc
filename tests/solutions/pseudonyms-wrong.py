# rehearse: pseudonyms
# expect: WA
# Compares the number of tokens with the number of rows: a user in two rows counts as a collision.
MASK = (1 << 64) - 1


def hashed(text: str) -> str:
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ h >> 27) * 0x94D049BB133111EB & MASK
    return f"{h ^ h >> 31:016x}"


def pseudonyms(users: list[str], salt: str, min_digits: int) -> list[str]:
    hashes = [hashed(f"{salt}:{user}") for user in users]
    digits = min_digits
    while digits < 16 and len({h[:digits] for h in hashes}) < len(users):
        digits += 1
    return [h[:digits] for h in hashes]
