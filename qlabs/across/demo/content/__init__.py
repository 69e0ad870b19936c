"""What the demo tells: invented people, and the story of the pilot of 2015 to 2017 in our own words."""
