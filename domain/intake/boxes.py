"""The boxes of intake forms by their fields' paths and their names on paper; which of them a city's form has says its scheme."""

from collections.abc import Mapping

import msgspec

from domain.acts.forms import Form

BOXES: Mapping[str, str] = {
    "applicant.name": "申请单位",
    "applicant.kind": "用户类型",
    "applicant.credit_code": "信用代码",
    "applicant.legal_representative": "法定代表人",
    "applicant.id_number": "身份证号",
    "applicant.contact": "联系人",
    "applicant.phone": "联系电话",
    "supplies": "申请报装内容",
    "project_name": "项目名称",
    "project_code": "项目代码",
    "address": "地址",
    "town": "镇(街道)",
    "road": "路",
    "house_number": "号",
    "connection_place": "报装接入地点",
    "zone": "所在区域",
    "covered": "公共管网覆盖",
    "installable": "具备安装条件",
    "planned_use_on": "计划投入使用时间",
    "survey_wanted_at": "预约踏勘时间",
    "water.business": "用水业务类型",
    "water.tonnes_per_day": "供水需求(吨/日)",
    "water.cubic_metres_per_day": "用水规模(立方米/日)",
    "water.dual_supply": "双路供水",
    "power.business": "用电业务类型",
    "power.main_kva": "主供容量(千伏安)",
    "power.main_kw": "主供容量(千瓦)",
    "power.standby_kva": "备供容量(千伏安)",
    "power.standby_kw": "备供容量(千瓦)",
    "gas.appliances.name": "设备名称",
    "gas.appliances.count": "数量",
    "gas.appliances.burner_bore": "燃烧器口径",
    "gas.appliances.working_kpa": "用气压力(工作)",
    "gas.appliances.appliance_kpa": "用气压力(设备)",
    "gas.appliances.normal_cubic_metres_per_hour": "天然气负荷(正常工作)",
    "gas.appliances.full_cubic_metres_per_hour": "天然气负荷(满负荷)",
    "heat.megapascals": "用热压力(MPa)",
    "heat.celsius": "用热温度(℃)",
    "heat.normal_tonnes_per_hour": "正常生产小时用量(T/H)",
    "heat.full_tonnes_per_hour": "满负荷小时用量(T/H)",
    "heat.hours_per_day": "生产时间(小时)",
    "heat.days_per_year": "年生产天数(天)",
    "network.fibre_to_the_user": "光纤到户",
    "network.in_plot_ready": "红线内弱电配套设施",
    "network.bandwidth_mb": "带宽需求(MB)",
    "network.bandwidth_users": "带宽需求(户)",
    "network.telephone_lines": "固定电话安装数量(门)",
    "network.base_stations": "无线基站覆盖需求(个)",
    "network.tv_users": "有线电视需求(户)",
    "network.free_choice_of_carrier": "自由选择通信业务经营者",
    "other": "其他情况",
}
"""Every box that an intake form can have; a column of a table's rows stands below the table."""

OF_SCOPE = frozenset({"applicant.kind", "zone", "covered", "installable"})
"""What the plan's scope asks, on paper or not: taken with every form."""

BLOCKS: Mapping[str, str] = {
    "water": "用水报装资料",
    "power": "用电报装资料",
    "gas": "用气报装资料",
    "heat": "供热报装资料",
    "network": "网络报装资料",
}
"""The part of a form about one service, by the service's code."""


def filled(form: Form) -> frozenset[str]:
    """Say which boxes are filled; a block without a single answer counts by its own name."""
    return frozenset([box for name in form.__struct_fields__ for box in _filled(name, getattr(form, name))])


def _filled(path: str, value: object) -> list[str]:
    if value is None or value == ():
        return []
    if isinstance(value, tuple) and path != "supplies":
        return [box for one in value for box in _filled(path, one)]
    if not isinstance(value, msgspec.Struct):
        return [path]
    return [box for name in value.__struct_fields__ for box in _filled(f"{path}.{name}", getattr(value, name))] or [path]


def shown(box: str) -> str:
    """Write a box as callers and clerks know it: `applicant.idNumber (身份证号)`."""
    return f"{written(box)} ({BOXES.get(box) or BLOCKS.get(box, box)})"


def written(box: str) -> str:
    """Write a box's path as the wire has it."""
    return ".".join(map(_camel, box.split(".")))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
