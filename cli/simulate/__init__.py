"""Makes up a city's traffic whose breaches are known beforehand; judges nothing and asks no judge for the answers."""

from cli.simulate.asked import Asked
from cli.simulate.city import City
from cli.simulate.script import Answer, Simulated
from cli.simulate.traffic import traffic

__all__ = ["Answer", "Asked", "City", "Simulated", "traffic"]
