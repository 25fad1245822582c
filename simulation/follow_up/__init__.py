"""The year after the traffic: what follows of what was found, through the API's own functions; its ends are known beforehand."""
