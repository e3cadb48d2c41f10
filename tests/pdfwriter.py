"""The smallest PDF that has text at given places: for tests, with words of our own."""


def pdf(pages, size=10, width=612, height=792):
    """Return the bytes of a PDF; each page is a list of ``(x, y, text)`` in Courier."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for page in pages:
        stream = "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escape(text)}) Tj ET" for x, y, text in page
        )
        length = len(stream.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _escape(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def numbered(rows, count=22, left=80, top=700, pitch=27, apart=False, gap=40):
    """Return a numbered page's parts: rows are texts, indented by their leading spaces.

    ``apart`` writes the column of numbers first, as some printers do.
    """
    numbers, body = [], []
    for index in range(count):
        y = top - pitch * index
        numbers.append((left, y, f"{index + 1}"))
        text = rows[index] if index < len(rows) else ""
        if text.strip():
            indent = len(text) - len(text.lstrip())
            body.append((left + gap + 6 * indent, y, text.strip()))
    if apart:
        return numbers + body
    pairs = {y: (x, text) for x, y, text in body}
    return [
        part
        for x, y, number in numbers
        for part in ([(x, y, number)] + ([(pairs[y][0], y, pairs[y][1])] if y in pairs else []))
    ]
