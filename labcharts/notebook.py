"""Any result as picture, sentence and table at once: for a notebook, and as text for a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass

from labcharts.ink import clean
from labcharts.spc.cumulative import sums_sentence, sums_svg, sums_table
from labcharts.spc.decisions import decision_sentence, decision_svg, decision_table
from labcharts.spc.forests import forest_sentence, forest_svg, forest_table
from labcharts.spc.funnels import funnel_sentence, funnel_svg, funnel_table
from labcharts.spc.multiples import multiples_sentence, small_multiples
from labcharts.spc.paretos import pareto_sentence, pareto_svg, pareto_table
from labcharts.spc.picture import spc_svg
from labcharts.spc.sentences import spc_sentence
from labcharts.spc.tables import spc_table
from labcharts.tables import table_html
from labengines.spc.types.charts import Chart
from labengines.spc.types.effects import EffectsAtSites
from labengines.spc.types.funnels import Funnel
from labengines.spc.types.ordering import Pareto
from labengines.spc.types.series import BernoulliCusum, Cusum, Ewma
from labengines.spc.types.verdicts import Verdict

_SUMS = (sums_svg, sums_sentence, sums_table)
_DRAWN = {
    Chart: (spc_svg, spc_sentence, spc_table),
    Verdict: (decision_svg, decision_sentence, decision_table),
    Funnel: (funnel_svg, funnel_sentence, funnel_table),
    EffectsAtSites: (forest_svg, forest_sentence, forest_table),
    Pareto: (pareto_svg, pareto_sentence, pareto_table),
    Ewma: _SUMS,
    Cusum: _SUMS,
    BernoulliCusum: _SUMS,
}
_OF_THE_PICTURE = {"width", "theme", "name", "size", "shared_scale"}
_NOT_OF_THE_SENTENCE = {"annotations"}


@dataclass(frozen=True)
class Shown:
    """A result made visible. svg: the picture. sentence: the same in words. tables: tuple of Table."""

    svg: str
    sentence: str
    tables: tuple

    def _repr_svg_(self):
        return self.svg

    def _repr_html_(self):
        """Picture and sentence, and the tables behind a line that opens them."""
        tables = "".join(table_html(table) for table in self.tables)
        return (
            f"{self.svg}<p>{clean(self.sentence)}</p><details><summary>Data table</summary>{tables}</details>"
        )

    def __str__(self):
        return "\n\n".join([self.sentence, *map(str, self.tables)])

    __repr__ = __str__


def show(result, *, title="this measure", **how):
    """Shown of a result: Chart, Verdict, Funnel, EffectsAtSites, Pareto, Ewma, Cusum, BernoulliCusum, or {site: Chart}.

    how: as for the picture of that result, such as unit, annotations, width, theme, words, name.
    Raises TypeError for anything else.
    """
    words = {key: value for key, value in how.items() if key not in _OF_THE_PICTURE}
    said = {key: value for key, value in words.items() if key not in _NOT_OF_THE_SENTENCE}
    if isinstance(result, Mapping):
        tables = tuple(spc_table(chart, **words | {"title": str(site)}) for site, chart in result.items())
        sentence = multiples_sentence(result, title=title, **said)
        return Shown(small_multiples(result, title=title, **how), sentence, tables)
    if type(result) not in _DRAWN:
        raise TypeError(f"there is no picture of {type(result).__name__}")
    svg, sentence, table = _DRAWN[type(result)]
    return Shown(
        svg(result, title=title, **how),
        sentence(result, title=title, **said),
        (table(result, title=title, **words),),
    )
