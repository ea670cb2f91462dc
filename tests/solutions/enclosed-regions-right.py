# rehearse: enclosed-regions
#
# All in one string of bytes with a free frame around it: flood from the frame's corner, and what is
# still free afterwards is closed off.
FREE, OPEN = b".o"


def enclosed_regions(picture: list[str]) -> list[str]:
    width = len(picture[0]) + 2
    frame = "." * width
    cells = bytearray((frame + "".join(f".{row}." for row in picture) + frame).encode())
    cells[0] = OPEN
    todo = [0]
    while todo:
        at = todo.pop()
        for to in (at - width, at - 1, at + 1, at + width):
            if 0 <= to < len(cells) and cells[to] == FREE:
                cells[to] = OPEN
                todo.append(to)
    filled = cells.replace(b".", b"#").replace(b"o", b".").decode()
    return [filled[at + 1 : at + width - 1] for at in range(width, len(filled) - width, width)]
