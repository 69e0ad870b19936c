"""What people write for the choices of a profile, beside our own words for them."""

import re
import unicodedata

from ..models import Nation, OrganisationKind, Perspective

CHOICES = {"perspective": Perspective, "nation": Nation, "organisation_kind": OrganisationKind}
COMMON = {
    Nation.ENGLAND: "Eng, GB-ENG, Lloegr, English",
    Nation.SCOTLAND: "Sco, Scot, SCT, GB-SCT, Alba, Yr Alban, Scottish",
    Nation.WALES: "Wal, WLS, GB-WLS, Cymru, Welsh",
    Nation.NORTHERN_IRELAND: "NI, N Ireland, North Ireland, NIR, GB-NIR, Gogledd Iwerddon, Tuaisceart Éireann",
    Perspective.LIVED: (
        "Patient, Patients, Service user, User of services, Patient representative, Patient leader, Patient partner, "
        "Expert by experience, Expert patient, Person with lived experience, Public contributor, Lay member, Public, "
        "Resident, PPI"
    ),
    Perspective.CARER: "Carers, Unpaid carer, Family carer, Informal carer, Family, Relative, Parent, Parent carer",
    Perspective.STAFF: (
        "Frontline, Frontline staff, Staff, Clinician, Clinical, Clinical staff, Nurse, Midwife, "
        "Doctor, Consultant, Surgeon, GP, Pharmacist, Paramedic, AHP, Allied health professional, Physiotherapist, "
        "Occupational therapist, Social worker, Care worker, Health professional, Healthcare professional"
    ),
    Perspective.MANAGER: "Management, Managerial, Service manager, Operational manager, Director, Leader, Executive",
    Perspective.QI: (
        "Improvement, Improver, QI lead, QI coach, QI specialist, Improvement lead, Improvement adviser, "
        "Improvement advisor, Quality, Service improvement, Transformation"
    ),
    Perspective.RESEARCHER: "Research, Academic, Academia, Evaluator, University",
    Perspective.POLICY: "Commissioner, Commissioning, Policy, Policy maker, Civil servant, Government, ICB",
    Perspective.DESIGNER: "Design, Service designer, User researcher",
    Perspective.OTHER: "Others, None of these, Something else",
    OrganisationKind.NHS: "NHS trust, NHS Foundation trust, Trust, Health board, ICB, GP practice, Hospital, HSC trust",
    OrganisationKind.SOCIAL_CARE: "Care, Care home, Adult social care, Care provider",
    OrganisationKind.COUNCIL: "Local authority, Local government, LA, County council, Borough council",
    OrganisationKind.CHARITY: "Voluntary, Voluntary sector, Third sector, VCSE, VCS, Not for profit, NGO",
    OrganisationKind.HOUSING: "Housing association",
    OrganisationKind.UNIVERSITY: "Academic, Academia, Higher education, College, HEI",
    OrganisationKind.COMPANY: "Private, Private sector, Business, Industry, Commercial, Consultancy",
    OrganisationKind.PATIENT_GROUP: (
        "Patient organisation, PPG, Patient participation group, User group, Carers group"
    ),
}


def understood(name, value):
    """The choice of perspective, nation or organisation_kind that was meant; empty where we do not know."""
    word = _letters(value)
    ours = (str(key) for key, label in CHOICES[name].choices if word in (_letters(key), _letters(str(label))))
    return next(ours, _MEANT[name].get(word, ""))


def _letters(text):
    apart = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", apart)


_MEANT = {
    name: {_letters(word): str(one) for one in choices for word in COMMON[one].split(",")}
    for name, choices in CHOICES.items()
}
