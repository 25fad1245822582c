"""Examples of the act that opens a case, for the contract: each city's intake forms with every box filled; made up throughout."""

from typing import Any

_APPLICANT = {"name": "样例制造有限公司", "creditCode": "91350100M000100Y43", "legalRepresentative": "样例甲", "contact": "样例乙"}
_POWER = {"business": "new", "mainKva": 630, "mainKw": 500, "standbyKva": 250, "standbyKw": 200}
_BOILER = {"name": "蒸汽锅炉", "count": 2, "burnerBore": "DN50", "workingKpa": 10, "applianceKpa": 15, "normalCubicMetresPerHour": 120.5}
_JINGMEN = {
    "applicant": _APPLICANT | {"idNumber": "11010519491231002X", "phone": "0724-2345678"},
    "supplies": [
        {"service": "water", "utility": "jm-water"},
        {"service": "power", "utility": "jm-power"},
        {"service": "gas", "utility": "jm-gas"},
        {"service": "heat", "utility": "jm-heat-zhongjing"},
        {"service": "network", "utility": "jm-mobile"},
    ],
    "projectName": "样例厂房",
    "projectCode": "2611-420804-04-01-100001",
    "address": "样例大道62号",
    "zone": "ziling",
    "connectionPlace": "样例大道与样例一路交叉口东侧",
    "water": {"cubicMetresPerDay": 40},
    "power": _POWER,
    "gas": {"appliances": [_BOILER | {"fullCubicMetresPerHour": 160}]},
    "heat": {
        "megapascals": 0.8,
        "celsius": 175,
        "normalTonnesPerHour": 2.5,
        "fullTonnesPerHour": 4,
        "hoursPerDay": 16,
        "daysPerYear": 300,
    },
    "network": {
        "fibreToTheUser": True,
        "inPlotReady": False,
        "bandwidthUsers": 20,
        "baseStations": 1,
        "tvUsers": 4,
        "freeChoiceOfCarrier": True,
    },
}
_DAYE = {
    "applicant": _APPLICANT | {"phone": "13800138000"},
    "supplies": [
        {"service": "water", "utility": "dy-water"},
        {"service": "power", "utility": "dy-power"},
        {"service": "gas", "utility": "dy-gas"},
        {"service": "network", "utility": "dy-mobile"},
    ],
    "projectCode": "2611-420281-04-01-100001",
    "address": "样例街道样例路18号",
    "town": "样例街道",
    "road": "样例路",
    "houseNumber": "18",
    "connectionPlace": "样例路与样例三路交叉口",
    "surveyWantedAt": "2026-06-08T09:00:00+08:00",
    "water": {"business": "new", "tonnesPerDay": 30, "dualSupply": False},
    "power": _POWER,
    "gas": {"appliances": [_BOILER]},
    "network": {"bandwidthMb": 500, "telephoneLines": 6},
    "other": "夜间施工前请先联系",
}
_DAYE_DEMAND = {
    "applicant": _APPLICANT | {"phone": "13800138000"},
    "supplies": _DAYE["supplies"],
    "town": "样例街道",
    "plannedUseOn": "2027-03-01",
    "other": "二期另行登记",
}
_DESK = {"place": "样例营业厅", "window": "3号窗", "officer": "样例丙"}


def _connection(city: str, act: str, form: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"kind": "connection", "city": city, "body": {"act": act, "form": form, **more}}


OPENINGS: dict[str, Any] = {
    "applicationOfJingmen": _connection("420800", "application.accepted", _JINGMEN, **_DESK),
    "demandOfJingmen": _connection("420800", "demand.registered", _JINGMEN, occasion="licence"),
    "applicationOfDaye": _connection("420281", "application.accepted", _DAYE),
    "demandOfDaye": _connection("420281", "demand.registered", _DAYE_DEMAND, occasion="land-contract"),
    "enquiry": {
        "kind": "enquiry",
        "city": "420800",
        "body": {
            "act": "enquiry.received",
            "channel": "12345",
            "receiver": "jm-spj",
            "class": "general",
            "reason": "一般事项",
            "subject": "通水进度",
            **_DESK,
        },
    },
}
"""By name, as the contract shows them."""
