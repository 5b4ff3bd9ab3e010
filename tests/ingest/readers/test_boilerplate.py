"""Lines that are not the story go, every sentence of the story stays."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.readers import Source, read
from ingest.readers.boilerplate import LONGEST_CAPTION, boilerplate, is_boilerplate

TITLE = "Storm tears roofs off houses in the harbour town"
LEAD = "A storm tore the roofs off forty houses in the harbour town on Tuesday night, the mayor said."
MORE = "Two people were treated for cuts, and the ferry will not sail before the weekend."
END = "The council meets on Friday."


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "ADVERTISEMENT - SCROLL TO CONTINUE", "Story continues below advertisement",
        "Article continues after ad", "Sponsored content", "[Advertisement]",
        "Read more: Ferry will not sail", "READ MORE", "ALSO READ: What to know about the ferry", "Read more »",
        "Also read | Ferry tickets to be paid back", "Watch: Roofs fly over the harbour",
        "See also: Our guide to storms",
        "Related: The storm of 1987", "Read the full report here", "Related stories", "More from this section",
        "You may also like", "Most read", "More on this story", "Tags: storm, harbour, ferry",
        "Sign up for our newsletter", "Subscribe to our daily newsletter to get the news in your inbox.",
        "Follow us on Twitter and Facebook", "Follow @gazette on X", "Share this article", "Like us on Facebook",
        "Download our app for the latest headlines", "Click here to read more", "Join our WhatsApp channel",
        "Please share this story with your friends",
        "Get the day's top headlines delivered to your inbox every morning.",
        "Have a news tip? Write to desk@gazette.example.", "What do you think? Let us know in the comments below.",
        "Leave a comment", "View all 12 comments", "Already a subscriber? Log in",
        "Support our journalism by becoming a member today.", "Stay up to date with the latest news on our app",
        "© 2025 The Harbour Gazette", "Copyright 2025 Gazette Media. All rights reserved.", "(c) 2025 Gazette",
        "This material may not be published, broadcast, rewritten or redistributed without permission.",
        "We use cookies to improve your experience.", "Accept all cookies", "Privacy Policy | Terms of Use",
        "By continuing to use this site you agree to our terms.", "Please enable JavaScript to view this page.",
        "Your browser does not support this video.",
        "The Gazette is not responsible for the content of external sites.",
        "This is a developing story and will be updated.", "More to follow",
        "The views expressed in this article are the author's own and do not reflect those of the Gazette.",
        "(This story has not been edited by Gazette staff and is published from a syndicated feed.)",
        "Photo: AFP/Getty", "File photo of the harbour", "Image source, Getty Images",
        "Image caption, The harbour before the storm", "Photo by Ada Lind/AFP via Getty Images", "PHOTO: ADA LIND",
        "FILE - Roofs lie in the streets of the harbour town, June 3, 2024.", "Picture credit: Ada Lind",
        "Roofs lie in the streets of the harbour town on Wednesday. (Photo by Ada Lind / AFP)",
        "Roofs lie in the streets of the harbour town. REUTERS/Ada Lind", "A roof in the harbour [Ada Lind/Reuters]",
        "A roof in the harbour town. Photograph: Ada Lind/The Gazette", "AFP/Getty Images", "(AP Photo)",
        "Reporting by Ada Lind in Malmo; Editing by Bo Ek", "(Additional reporting by Ada Lind)",
        "With inputs from GNS", "(With inputs from agencies)", "Our Standards: The Gazette's Principles",
        "Staff Reporter",
        "Share", "Share Tweet Email Print", "Facebook Twitter WhatsApp", "Share on Facebook", "3 min read",
        "2 hours ago", "14 comments", "https://gazette.example/storm", "@gazette",
    ],
)  # fmt: skip
def test_what_is_not_the_story_goes(line: str) -> None:
    assert is_boilerplate(line, 2, 5)


@pytest.mark.parametrize(
    "line",
    [
        LEAD,
        MORE,
        END,
        "“Follow us on Twitter,” the mayor told the crowd.",
        '"Sign up for our newsletter" is what the letters said, he added.',
        "Follow-up inspections of the ferry will take a month.",
        "Share prices fell by 3 percent after the storm.",
        "Shares in the ferry company fell.",
        "Read, the captain of the ferry, said that nobody was hurt.",
        "Watch towers were blown over.",
        "Related industries lost 4 million crowns.",
        "More than 200 people spent the night in the school.",
        "More from the storm fund will be paid out in July, the minister said.",
        "Photographs of the missing children hung in the school hall.",
        "Image rights were at the heart of the dispute, the court said.",
        "The company uses cookies to follow its customers, the regulator found after a year.",
        "Copyright law protects the plans, the judge said.",
        "Reuters could not verify the report.",
        "AP reporters saw three bodies.",
        "Reporting by the newspaper showed that the ferry had not been inspected since 2019.",
        "Production by the shipyard rose to 14 ferries.",
        "Written by hand, the will was found in a drawer.",
        "Listen to the wind, she said.",
        "Support for the mayor fell.",
        "Help us, they shouted.",
        "The search focused on money that flowed between the firms. (Yonhap)",
        "Advertisement spending fell by a tenth.",
        "Comments by the mayor angered the opposition.",
        "Print workers walked out.",
        "Telegram channels close to the army said that the bridge was hit.",
        "42,093",
        "and",
        "Subscribers of the app lost their data.",
        "KYIV, June 11 (Agency) — Russia launched 85 drones.",
        "What next?",
    ],
)
def test_every_sentence_of_a_story_stays(line: str) -> None:
    assert not is_boilerplate(line, 2, 5)


@pytest.mark.parametrize(
    "title",
    ["Watch: Roofs fly over the harbour", "Analysis: What the storm means", "More on the way", "Related: A storm"],
)
def test_a_title_may_look_like_a_link(title: str) -> None:
    assert boilerplate([title, LEAD, MORE]) == set()


def test_the_only_paragraph_is_never_boilerplate() -> None:
    assert boilerplate(["Photo: AFP/Getty"]) == set()


def test_links_below_their_heading_go_with_it_and_the_story_behind_them_stays() -> None:
    links = ["Related stories", "Ferry will not sail", "Is the harbour safe?", "“We stay”"]
    assert boilerplate([TITLE, LEAD, *links, MORE, END]) == {2, 3, 4, 5}


def test_a_text_file_loses_its_boilerplate_and_a_row_of_json_does_not() -> None:
    lines = [
        TITLE,
        "Advertisement",
        LEAD,
        "Read more: The ferry",
        MORE,
        "Photo: AFP/Getty",
        END,
        "Follow us on Facebook",
    ]
    page = "\n\n".join(lines).encode()
    (text,) = read(Source(name="a.txt", open=lambda: BytesIO(page)))
    assert isinstance(text, Article)
    assert text.text == "\n\n".join([TITLE, LEAD, MORE, END])
    assert text.title == TITLE
    row = b'{"text": "' + page.replace(b"\n", b"\\n") + b'"}'
    (kept,) = read(Source(name="a.jsonl", open=lambda: BytesIO(row)))
    assert isinstance(kept, Article)
    assert kept.text == page.decode()


def test_a_file_of_boilerplate_alone_is_still_an_article() -> None:
    (found,) = read(Source(name="a.txt", open=lambda: BytesIO(b"Share\n\nAdvertisement")))
    assert isinstance(found, Article)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_whatever_the_paragraphs_only_they_are_named(paragraphs: list[str]) -> None:
    assert boilerplate(paragraphs) <= set(range(len(paragraphs)))


@pytest.mark.parametrize(
    "part", ["A ", "and ", "(", "Photo by A, ", "follow us ", "share/", "REUTERS/A ", "by A, ", "we use "]
)
def test_no_line_takes_long(part: str) -> None:
    start = time.perf_counter()
    is_boilerplate((part * LONGEST_CAPTION)[:LONGEST_CAPTION], 2, 5)
    assert time.perf_counter() - start < 0.1
