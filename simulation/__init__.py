"""Makes up a city's traffic whose breaches are known beforehand; judges nothing and asks no judge for the answers."""

from simulation.case_script import Answer, Simulated
from simulation.city import City
from simulation.traffic import traffic
from simulation.wanted import WantedTraffic

__all__ = ["Answer", "City", "Simulated", "WantedTraffic", "traffic"]
