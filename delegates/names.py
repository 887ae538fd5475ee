"""Names of people as the notice 民委发〔2016〕33号 wants them kept."""

import re

#: What clerks type for the separator of a name such as 艾力·吐尔逊.
_SEPARATORS = re.compile(r"\s*[•・．·‧∙⋅.]\s*")
_HAN_GAP = re.compile(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])")


def clean_name(name: str) -> str:
    """The name without stray white space, its separator U+00B7.

    No Unicode normalisation beyond that: it would change compatibility ideographs.
    """
    name = _SEPARATORS.sub("·", name.strip())
    return _HAN_GAP.sub("", name)
