"""Invented reasons that voters give, by theme number; the last two are such as a moderator does not show."""

BY_THEME = {
    0: (
        "I look after my mum. A little more know-how would have saved us three trips to hospital.",
        "Other people with the same illness taught me how to live with it.",
        "We see people for two hours a year. The rest is up to them.",
        "It is the one theme that every service in my area shares.",
        "People want to do more for themselves. We make it hard.",
        "Nobody told me that I was allowed to ask questions.",
        "This is about power as well as health.",
        "If this works, it helps with all the other themes too.",
        "Peer groups here run on goodwill and one kettle. Imagine what they could do with support.",
        "I would like care plans that people write with us, not that we write for them.",
        "Confidence is the missing medicine.",
        "My patients know far more than my forms ask them.",
        "It would bring charities and the NHS to the same table.",
        "Rural families have to manage by themselves already. Let us help them to do it well.",
        "My son has managed his diabetes since he was nine. His clinic still talks to me.",
        "There is good evidence, but it is not used.",
        "I chose this because it starts from what people can do.",
        "It is not about leaving people alone. It is about standing beside them.",
        "We need ideas that work for people who do not read well.",
        "It matters for staff too: they want to be useful, not to be a gate.",
        "Because I have had to learn it all the hard way.",
        "The lab could test this in any town.",
    ),
    1: (
        "Things get lost between us every single day.",
        "When my wife came home nobody knew who was in charge.",
        "Joining up is where improvement people can help the most.",
        "I have told our story eleven times.",
        "Discharge is where most of our complaints begin.",
        "Young people fall off a cliff at eighteen.",
    ),
    2: (
        "Falls are the most common harm on our wards.",
        "Care homes deserve a lab of their own.",
        "We know what works, and do not do it everywhere.",
        "My grandmother lost her strength in a hospital bed.",
        "Small things done every day would prevent so much.",
    ),
    3: (
        "Children wait longest and can say the least.",
        "Help that comes early costs less and hurts less.",
        "Our school would join tomorrow.",
    ),
    4: (
        "You cannot pour from an empty cup.",
        "A well team is a safe team.",
    ),
}
NOT_SHOWN = {
    "Doctor Wicketfeather on ward nine never listens to anybody.": "It names a person.",
    "Ring me about this, my number is 00000 000000.": "It gives a telephone number.",
}
