"""Who may go: structured criteria that a case worker builds in a form, each with a sentence and a reason a person.

A criterion is a small class in a file of this folder; `registry` finds it (see docs/how-to/add-a-criterion.md).
The compact text is `kind op value`, joined by AND; alternatives stand in parentheses, joined by OR:

    status in refugee|other_of_concern AND (earlier_residence in DEU OR family_link in DEU)
"""

from safeconduct.routes.criteria.base import CriteriaFault, Criterion, Facts, Verdict
from safeconduct.routes.criteria.grammar import Rule, parse
from safeconduct.routes.criteria.registry import kinds

__all__ = ["CriteriaFault", "Criterion", "Facts", "Rule", "Verdict", "kinds", "parse"]
