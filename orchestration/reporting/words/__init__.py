"""The words of the page for the codes of the tables: one module for each part of the page.

What is not here: definitions of metrics, units and component names, which are data.
"""

from orchestration.reporting.words.changes import *
from orchestration.reporting.words.comparison import *
from orchestration.reporting.words.data import *
from orchestration.reporting.words.general import *
from orchestration.reporting.words.reliability import *
from orchestration.reporting.words.revenue import *
from orchestration.reporting.words.scorecard import *
from orchestration.reporting.words.sentiment import *
from orchestration.reporting.words.trust import *
