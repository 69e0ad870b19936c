"""Pictures, tables and sentences from results; each of the three from the same numbers."""

from labcharts.notebook import Shown, show
from labcharts.spc.cumulative import sums_sentence, sums_svg, sums_table
from labcharts.spc.decisions import decision, decision_sentence, decision_svg, decision_table
from labcharts.spc.forests import forest_sentence, forest_svg, forest_table
from labcharts.spc.funnels import funnel_sentence, funnel_svg, funnel_table
from labcharts.spc.multiples import multiples_sentence, small_multiples
from labcharts.spc.paretos import pareto_sentence, pareto_svg, pareto_table
from labcharts.spc.picture import spc_svg
from labcharts.spc.sentences import spc_sentence, spc_verdict
from labcharts.spc.tables import spc_table
from labcharts.spc.words import Words
from labcharts.tables import Table, table_html

__all__ = [
    "Shown",
    "Table",
    "Words",
    "decision",
    "decision_sentence",
    "decision_svg",
    "decision_table",
    "forest_sentence",
    "forest_svg",
    "forest_table",
    "funnel_sentence",
    "funnel_svg",
    "funnel_table",
    "multiples_sentence",
    "pareto_sentence",
    "pareto_svg",
    "pareto_table",
    "show",
    "small_multiples",
    "spc_sentence",
    "spc_svg",
    "spc_table",
    "spc_verdict",
    "sums_sentence",
    "sums_svg",
    "sums_table",
    "table_html",
]
