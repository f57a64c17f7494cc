"""The site opens with the two source documents, word for word, with honest numbers."""

import json
import re

import pytest
from django.core.management import call_command

from accounts.models import User
from forum import bylines, search
from forum.actions.recounting import recount
from forum.models import Answer, Category, ContentNote, Guest, HelpLine, Page, Post, Question
from tests.support.records import everything

pytestmark = pytest.mark.django_db

ROLE_OF_KRATOM = "The Role of Kratom in Harm Reduction: A Comprehensive Overview"
KRATOM_FIRST = "Introduction: Kratom, a plant native to Southeast Asia, has gained popularity in recent years for its potential in harm reduction strategies. While the debate about its safety and efficacy continues, many proponents argue that when used responsibly, kratom can offer several benefits for harm reduction. In this article, we will explore the reasons why some individuals and experts consider kratom to be a valuable tool in harm reduction efforts."
KRATOM_POINTS = [
    "Opioid Withdrawal Management: One of the most widely recognized applications of kratom in harm reduction is its ability to help manage opioid withdrawal symptoms. Kratom’s alkaloids interact with the same receptors as opioids, providing relief from withdrawal discomfort and cravings. Some individuals have successfully used kratom as a transitional tool to reduce or eliminate opioid dependency under medical supervision.",
    "Pain Management: For those suffering from chronic pain, kratom can offer an alternative to prescription opioids. By using kratom responsibly and following appropriate dosing guidelines, individuals can potentially reduce the risks associated with opioid-based pain medications, such as addiction and overdose. Kratom may provide pain relief while minimizing these serious concerns.",
    "Mood Enhancement and Anxiety Reduction: Kratom is known for its potential to elevate mood and reduce anxiety. For people who struggle with mental health issues, kratom might offer a safer alternative to prescription medications that can be habit-forming or come with unpleasant side effects. Users should be aware of the importance of responsible and controlled use to avoid potential dependency.",
    "Potential Lower Risk of Overdose: Unlike many traditional opioids, kratom has a lower risk of causing respiratory depression, which is the primary cause of fatal opioid overdoses. This characteristic makes it a potentially safer option for individuals seeking pain relief or managing opioid dependence while minimizing the risk of a lethal overdose.",
    "Enhanced Quality of Life: For some individuals, kratom can help improve their quality of life by providing relief from physical and emotional challenges. By reducing opioid dependence and managing pain or mood-related issues, kratom can enable individuals to lead more fulfilling lives, less impacted by the negative consequences of other substances.",
]
KRATOM_CONCLUSION = "Conclusion: While some proponents argue that kratom has the potential to play a role in harm reduction, it’s essential to approach its use with caution and responsibility. The regulatory status and scientific understanding of kratom vary by region, and there is ongoing debate about its safety and efficacy."
KRATOM_LAST = "Harm reduction strategies should always be implemented with guidance from medical professionals and in compliance with local laws and regulations. Individuals considering the use of kratom for harm reduction purposes should research and evaluate its potential benefits and risks, seek professional advice, and make informed decisions about its usage. Kratom, like any substance, should be treated with respect and responsibility to maximize its potential benefits while minimizing harm."

ANSWER_FIRST = "Harm reduction is an approach to drug addiction and substance use that focuses on minimizing the negative consequences of drug use rather than solely focusing on abstinence. The goal of harm reduction is to improve the health and well-being of individuals who use drugs, regardless of their ability or willingness to stop using completely. It is a pragmatic and compassionate approach that recognizes that complete abstinence may not be immediately achievable for everyone and that people will continue to use drugs despite efforts to discourage them."
ANSWER_SECOND = "Harm reduction strategies are evidence-based and typically involve a range of interventions and services aimed at reducing the harms associated with drug use. Some common harm reduction measures include:"
ANSWER_MEASURES = [
    "Needle and syringe programs: Providing clean needles and syringes to people who inject drugs helps prevent the transmission of infectious diseases like HIV and hepatitis C.",
    "Supervised injection facilities: These are safe and hygienic spaces where individuals can use drugs under medical supervision. They offer sterile equipment, overdose prevention measures, and access to healthcare services.",
    "Opioid substitution therapy: This involves providing prescribed opioids, such as methadone or buprenorphine, to individuals with opioid use disorders. These medications help stabilize their lives, reduce cravings, and minimize the risk of overdose.",
    "Naloxone distribution: Naloxone is a medication that can reverse opioid overdoses. Distributing naloxone to drug users, their friends, and family members can save lives.",
    "Education and outreach: Providing accurate information about drug use, safer use practices, and potential risks can empower individuals to make informed decisions.",
    "Access to healthcare and social services: Ensuring that drug users have access to healthcare, mental health support, housing assistance, and other social services can improve their overall well-being.",
    "Drug checking: Providing services to test the content and purity of drugs can help users avoid dangerous substances or doses.",
]
ANSWER_LAST = "Harm reduction does not promote or encourage drug use but acknowledges the reality that people will use drugs despite legal and societal efforts to prevent it. By adopting a harm reduction approach, communities can address the immediate health and safety concerns of drug users while fostering trust and building connections that may eventually facilitate positive change, including engagement in treatment and support services."


@pytest.fixture
def seeded(db):
    call_command("seed", verbosity=0)


def blocks(post):
    """What a reader reads: the texts of the paragraphs, and those of the list's items."""
    items = re.findall(r"<li[^>]*>(.*?)</li>", post.body_html, re.DOTALL)
    outside = re.sub(r"<ol.*?</ol>", "", post.body_html, flags=re.DOTALL)
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", outside, re.DOTALL)
    return [text_of(html) for html in paragraphs], [text_of(html) for html in items]


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_a_new_site_opens_with_two_questions_and_one_answer(seeded):
    asked = Question.objects.order_by("title").values_list("title", "category__name", "answer_count")

    assert list(asked) == [(ROLE_OF_KRATOM, "Harm Reduction", 0), ("What is harm reduction?", "Substance Abuse", 1)]
    assert Category.objects.count() == 2
    assert Post.objects.count() == 3


def test_the_text_on_kratom_is_there_word_for_word(seeded):
    question = Question.objects.get(title=ROLE_OF_KRATOM)

    assert question.body_html.count("<ol") == 1
    assert blocks(question) == ([KRATOM_FIRST, KRATOM_CONCLUSION, KRATOM_LAST], KRATOM_POINTS)


def test_the_answer_on_harm_reduction_is_there_word_for_word(seeded):
    answer = Answer.objects.get()

    assert answer.body_html.count("<ol") == 1
    assert blocks(answer) == ([ANSWER_FIRST, ANSWER_SECOND, ANSWER_LAST], ANSWER_MEASURES)
    assert answer.question.title == "What is harm reduction?"


def test_the_question_has_a_title_alone_was_edited_and_has_five_votes(seeded):
    question = Question.objects.get(title="What is harm reduction?")

    assert (question.body, question.body_html) == ("", "")
    assert (question.up_count, question.down_count, question.score) == (5, 0, 5)
    assert question.votes.count() == 5
    assert question.author.reputation == 6_700
    assert question.edited_at is not None
    assert bylines.editor_byline(question, Guest()).name == question.edited_by.username
    assert question.revisions.count() == question.revision_count == 2


def test_the_answer_has_one_vote_and_an_author_of_6900_points(seeded):
    answer = Answer.objects.get()

    assert (answer.score, answer.votes.count(), answer.author.reputation) == (1, 1, 6_900)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_every_number_agrees_with_its_rows_wherever_the_site_is(seeded, settings, zone):
    settings.TIME_ZONE = zone

    assert recount(check=True) == []


def test_nobody_can_sign_in_as_its_members(seeded):
    assert [member.username for member in User.objects.all() if member.has_usable_password()] == []
    assert User.objects.exclude(email="").count() == 0


def test_the_fixture_holds_no_html(seeded, settings):
    rows = json.loads((settings.BASE_DIR / "fixtures" / "source_documents.json").read_text(encoding="utf-8"))

    assert [row["pk"] for row in rows if row["fields"].get("body_html")] == []


def test_the_documents_are_found_by_their_words(seeded):
    kratom, answer = Question.objects.get(title=ROLE_OF_KRATOM), Answer.objects.get()

    assert search.find("kratom withdrawal", 5) == [kratom.pk]
    assert search.find("naloxone", 5) == [answer.pk]


def test_help_pages_lines_and_notes_are_there(seeded):
    assert set(Page.objects.values_list("slug", flat=True)) >= {"guidelines", "privacy", "crisis"}
    assert Page.objects.filter(body_html="").count() == 0
    assert HelpLine.objects.count() > 0
    assert ContentNote.objects.count() > 0


def test_seeding_twice_is_seeding_once(seeded):
    before = everything()

    call_command("seed", verbosity=0)

    assert everything() == before


def test_a_site_that_has_begun_gets_no_documents(question):
    call_command("seed", verbosity=0)

    assert list(Post.objects.all()) == [question]


def test_a_site_goes_on_after_the_documents(seeded, django_user_model):
    newest = Post.objects.order_by("-pk").first().pk
    member = django_user_model.objects.create(username="nia", name_key="nla")

    question = Question.objects.create(
        kind="question", title="A new one", slug="a-new-one", author=member, category=Category.objects.first()
    )

    assert question.pk > newest
