"""JSON as the reference cases write it: a missing number is null, an endless one the text "Infinity"."""

import json
import math


def read(path):
    """What a JSON file holds; raises OSError, UnicodeDecodeError or json.JSONDecodeError."""
    return json.loads(path.read_text(encoding="utf-8"))


def text(found):
    """JSON text of dictionaries, lists, tuples, NumPy arrays and plain values."""
    return json.dumps(plain(found), ensure_ascii=False, allow_nan=False) + "\n"


def plain(found):
    """The same with lists for arrays, None for NaN and texts for infinities and dates."""
    if isinstance(found, dict):
        return {str(key): plain(value) for key, value in found.items()}
    if hasattr(found, "tolist"):
        return plain(found.tolist())
    if isinstance(found, list | tuple):
        return [plain(value) for value in found]
    if isinstance(found, float) and not math.isfinite(found):
        return None if math.isnan(found) else f"{'-' * (found < 0)}Infinity"
    return found.isoformat() if hasattr(found, "isoformat") else found
