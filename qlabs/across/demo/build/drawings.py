"""Line drawings for the story, drawn here and now: no photograph, nobody's face."""

from io import BytesIO

from PIL import Image, ImageDraw

from qlabs.across.story import pictures

WIDTH, HEIGHT, FINE = 1200, 620, 2
PAPER, INK, ACCENT, WARM, PALE = "#f7f9f9", "#1f3a38", "#1f5b57", "#d98a3d", "#d5e5e2"
PEN = 7
ALT = {
    "idea": "Drawing: five people sit around a table, and a light bulb shines above them.",
    "two-cities": "Drawing: a line leads from a small group of people in Leeds to a larger one in London.",
    "workshop": "Drawing: people stand in front of a wall full of paper notes; some of the notes form a circle.",
}


def drawn(name):
    """(picture, words for who cannot see it, caption) as the story takes it, or None for no name."""
    if not name:
        return None
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    _DRAW[name](Pen(ImageDraw.Draw(image)))
    file = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
    file.seek(0)
    return pictures.clean(file), ALT[name], "Drawn for this demo."


class Pen:
    """Draws in the picture's own units on a canvas that is finer, so that lines come out smooth."""

    def __init__(self, canvas):
        self.canvas = canvas

    def line(self, *points, ink=INK, width=PEN):
        fine = [(x * FINE, y * FINE) for x, y in points]
        self.canvas.line(fine, fill=ink, width=width * FINE, joint="curve")

    def round(self, x, y, radius, *, fill=None, ink=INK):
        box = [(x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE]
        self.canvas.ellipse(box, fill=fill, outline=ink, width=PEN * FINE)

    def oval(self, left, top, right, bottom, *, fill):
        box = [left * FINE, top * FINE, right * FINE, bottom * FINE]
        self.canvas.ellipse(box, fill=fill, outline=INK, width=PEN * FINE)

    def note(self, x, y, *, fill, size=64):
        box = [x * FINE, y * FINE, (x + size) * FINE, (y + size) * FINE]
        self.canvas.rectangle(box, fill=fill, outline=INK, width=4 * FINE)
        for row in (20, 34):
            self.line((x + 12, y + row), (x + size - 12, y + row), width=4)

    def half_round(self, x, y, radius, *, fill):
        box = [(x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE]
        self.canvas.pieslice(box, 180, 360, fill=fill, outline=INK, width=PEN * FINE)

    def person(self, x, y, *, fill=PALE, size=1.0):
        """Head and shoulders; x, y: where the shoulders end."""
        self.half_round(x, y, 62 * size, fill=fill)
        self.round(x, y - 92 * size, 34 * size, fill=PAPER)


def _idea(pen):
    for place, x in enumerate((240, 420, 600, 780, 960)):
        pen.person(x, 470 - 24 * (2 - abs(place - 2)), fill=WARM if place == 2 else PALE)
    pen.oval(170, 440, 1030, 590, fill="#ffffff")
    pen.round(600, 130, 66, fill="#fbe7c8")
    pen.line((576, 190), (576, 226), (624, 226), (624, 190))
    for start, end in (
        ((460, 130), (500, 130)),
        ((700, 130), (740, 130)),
        ((500, 40), (530, 68)),
        ((700, 40), (670, 68)),
    ):
        pen.line(start, end, ink=WARM)


def _two_cities(pen):
    """From the north to the south-east, as Leeds and London lie."""
    pen.line((400, 170), (470, 300), (590, 330), (640, 450), (780, 500), ink=ACCENT, width=10)
    pen.round(400, 170, 22, fill=WARM)
    pen.round(780, 500, 22, fill=WARM)
    for x in (140, 270):
        pen.person(x, 230, size=0.9)
    for x in (905, 1035):
        pen.person(x, 350, size=0.9, fill="#fbe7c8")
    for x in (860, 970, 1080):
        pen.person(x, 470, size=0.9)


def _workshop(pen):
    pen.line((120, 40), (1080, 40), (1080, 400), (120, 400), (120, 40))
    colours = ("#fbe7c8", PALE, "#ffffff")
    for place in range(24):
        column, row = place % 8, place // 8
        pen.note(165 + 112 * column, 70 + 106 * row, fill=colours[(column + 2 * row) % 3])
    pen.round(640, 208, 150, ink=WARM)
    for x, size in ((230, 1.1), (400, 0.9), (820, 1.0), (980, 1.15)):
        pen.person(x, 600, size=size, fill=WARM if x == 820 else ACCENT)


_DRAW = {"idea": _idea, "two-cities": _two_cities, "workshop": _workshop}
