"""Parts of the demonstration, each played alone, for the tests that look at one of them."""

from demo import assessments as of_assessments
from demo import region as of_region
from demo import rifc as of_rifc
from demo import screening as of_screening
from tests.worlds import world

play_assessments = world(of_assessments.load)
play_region = world(of_region.load)
play_rifc = world(of_rifc.load)
play_screening = world(of_screening.load)
