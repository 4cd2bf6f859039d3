"""The safe formula language of forms (审核公式, 计算列): read, worked out, said in words.

    本期 <= 累计        [授信金额（万元）] ≤ 「申报金额」     D = E + F       C / D
    F12 = SUM(F6:F11)   合计(C) = 成效统计表!F12              F >= 上期(F)    非 空(C) 或 D = 0

Column letters stand for the formula's own row, except alone in 合计 最大 最小 平均 计数, where
``合计(C)`` is the whole column; ``合计(C, D)`` adds two cells of the row. Nothing else than what
`ledger_desk.model.formulas.functions` lists can be called, and no name leads out of the form.
"""

from ledger_desk.model.formulas.evaluating import Lookup
from ledger_desk.model.formulas.formula import Formula, parse
from ledger_desk.model.formulas.mistakes import FormulaMistake
from ledger_desk.model.formulas.references import Reference
from ledger_desk.model.formulas.saying import show
from ledger_desk.model.formulas.values import Held, Value

__all__ = ["Formula", "FormulaMistake", "Held", "Lookup", "Reference", "Value", "parse", "show"]
