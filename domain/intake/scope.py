"""Who may apply, and where: an application that the plan does not cover is refused with the clause."""

from domain.acts.parts import Form
from domain.schemes.scheme import Scheme

WORDS = {
    "enterprise": "企业",
    "developer": "房地产开发企业",
    "other-non-resident": "其它非居民用户",
    "resident": "居民用户",
}


def out_of_scope(scheme: Scheme, form: Form) -> str | None:
    """Say why the plan does not cover this application, or None."""
    scope = scheme.scope
    if form.applicant.kind not in scope.applicants:
        return f"本方案适用于{'、'.join(WORDS[kind] for kind in scope.applicants)}，不适用于{WORDS[form.applicant.kind]}"
    if scope.zones and form.zone not in {zone.code for zone in scope.zones}:
        named = "、".join(zone.name for zone in scope.zones)
        return f"接入地点不在适用范围内（{named}）" if form.zone else f"未注明接入地点所在区域；适用范围为{named}"
    if scope.needs_coverage and not form.covered:
        return "接入地点不在公共管网覆盖区域内"
    return "不具备安装条件" if scope.needs_installable and not form.installable else None


def district_of(scheme: Scheme, form: Form) -> str | None:
    """Say in which district a form's zone lies."""
    return next((zone.district for zone in scheme.scope.zones if zone.code == form.zone), None)
