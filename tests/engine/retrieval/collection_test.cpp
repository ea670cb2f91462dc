// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/collection.hpp"

#include <catch2/catch.hpp>

#include "engine/base/read.hpp"
#include "engine/retrieval/judgements.hpp"
#include "engine/retrieval/trec.hpp"
#include "tests/engine/retrieval/corpora.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

using Texts = std::vector<std::string>;

Result<Collection> jsonl(std::string_view text, const CollectionOptions& options = {}) {
  return parse_jsonl_collection(text, options, "document", "posts.jsonl");
}
Result<Collection> csv(std::string_view text, const CollectionOptions& options = {}) {
  return parse_csv_collection(text, ',', options, "document", "posts.csv");
}
Result<Collection> documents(std::string_view text, const CollectionOptions& options = {}) {
  return parse_trec_documents(text, options, "corpus.xml");
}
Result<Collection> topics(std::string_view text) {
  return parse_trec_topics(text, {}, "topics.xml");
}

template <class T>
void refused(const Result<T>& result, const std::string& words) {
  REQUIRE_FALSE(result);
  INFO(result.error().message);
  CHECK(result.error().message.find(words) != std::string::npos);
}

std::string written(const std::string& name, const std::string& content) {
  const auto path = (std::filesystem::temp_directory_path() / ("rehearse-retrieval-" + name));
  REQUIRE(write_file(path.string(), content));
  return path.string();
}

}  // namespace

TEST_CASE("jsonl corpus: identifiers are texts, other members may be anything") {
  const auto read = jsonl(
      "{\"id\": 17, \"text\": \"a \\u00e9\", \"meta\": {\"x\": [1]}}\r\n\n"
      "{\"text\": null, \"id\": \" b2 \"}");
  REQUIRE(read);
  CHECK(read->ids == Texts{"17", "b2"});
  CHECK(read->texts == Texts{"a é", ""});
  const auto joined = jsonl("{\"_id\":\"1\",\"title\":\"T\",\"text\":\"x\"}",
                            {.id = "_id", .text = {"title", "text"}});
  REQUIRE(joined);
  CHECK(joined->texts == Texts{"T x"});
}

TEST_CASE("jsonl corpus: what is wrong is told with its line") {
  refused(jsonl("{\"id\":1,\"text\":\"a\"}\n{\"id\":2"), "posts.jsonl: line 2: not JSON, at char");
  refused(jsonl("[1]"), "line 1: not an object");
  refused(jsonl("{\"_id\":1,\"text\":\"a\"}"), "there is no member `id`; there are _id, text");
  refused(jsonl("{\"id\":1.5,\"text\":\"a\"}"), "`id` is neither a text nor a whole number");
  refused(jsonl("{\"id\":\"\",\"text\":\"a\"}"), "line 1: the document has no identifier");
  refused(jsonl("{\"id\":1,\"text\":\"a\"}\n{\"id\":\"1\",\"text\":\"b\"}"),
          "line 2: the document `1` stands twice, first at line 1");
  refused(jsonl("\n \n"), "there is no document in it");
  refused(jsonl("{\"id\":1,\"text\":\"" + std::string(kLongestText + 1, 'x') + "\"}"),
          "the document `1` has 16 MB of text");
}

TEST_CASE("jsonl corpus: bad lines are counted where they are to be skipped") {
  const auto read =
      jsonl("{\"id\":1,\"text\":\"a\"}\nnonsense\n{\"id\":1,\"text\":\"b\"}\n", {.skip_bad = true});
  REQUIRE(read);
  CHECK(read->ids == Texts{"1"});
  CHECK(read->skipped == 2);
  CHECK(read->first_skipped.find("line 2") != std::string::npos);
  refused(jsonl("nonsense", {.skip_bad = true}), "the first: posts.jsonl: line 1");
}

TEST_CASE("csv corpus: columns are named, several are joined, numbers stay as they are written") {
  const auto read =
      csv("id,title,body\n007,\"A, b\",\n8,T,\"two\nlines\"\n", {.text = {"title", "body"}});
  REQUIRE(read);
  CHECK(read->ids == Texts{"007", "8"});
  CHECK(read->texts == Texts{"A, b ", "T two\nlines"});
  refused(csv("id,body\n1,a\n"), "posts.csv: ");
  refused(csv("id,text\n1,a\n1,b\n"), "row 2: the document `1` stands twice, first at row 1");
  refused(csv("id,text\n1,a,b\n"), "2");
}

TEST_CASE("tsv queries: identifier, tab, text") {
  const auto read = parse_tsv_queries("q1\twhat is it\r\n\nq 2\t\nq3\ta\tb\n", {}, "q.tsv");
  REQUIRE(read);
  CHECK(read->ids == Texts{"q1", "q 2", "q3"});
  CHECK(read->texts == Texts{"what is it", "", "a\tb"});
  refused(parse_tsv_queries("q1 what\n", {}, "q.tsv"), "q.tsv: line 1: there is no tab");
  refused(parse_tsv_queries("q1\ta\nq1\tb\n", {}, "q.tsv"), "line 2: the query `q1` stands twice");
}

TEST_CASE("trec documents: title, a space, text; tags are spaces, entities are decoded") {
  const auto read = documents(
      "<?xml version='1.0'?>\n<root><!-- <doc> -->\n<DOC>\n<DOCNO> A-1 </DOCNO>\n"
      "<title>big\nwing</title><author>x</author>\n<TEXT>a <b>bold</b> &lt;5 &#233; R&D 1 < "
      "2</TEXT>"
      "<text>more</text>\n</DOC>\n<doc><docno>2</docno><text></text></doc></root>\n");
  REQUIRE(read);
  CHECK(read->ids == Texts{"A-1", "2"});
  CHECK(read->texts[0] == "big\nwing a  bold  <5 é R&D 1 < 2 more");
  CHECK(read->texts[1].empty());
}

TEST_CASE("trec documents: truncated and foreign markup is told with its line") {
  refused(documents("<doc>\n<docno>1</docno><text>a</text></doc>\n\n<doc><docno>2</docno><text>b"),
          "corpus.xml: the <doc> that begins on line 4 does not end; is the file truncated?");
  refused(documents("<doc><docno>1</docno><text>a</text>\n<doc><docno>2</docno></doc>"),
          "begins on line 1 does not end");
  refused(documents("<doc><docno>1</docno><text>a</doc>"), "line 1: a <docno>, <title> or <text>");
  refused(documents("ow ended.</text></doc>\n<doc>"), "line 1: `ow ended.` stands outside every");
  refused(documents("<doc><text>a</text></doc>"), "line 1: the document has 0 <docno>");
  refused(documents("\n<doc><docno>1</docno><body>a</body></doc>"),
          "line 2: the document has neither");
  refused(documents("<doc><docno>1</docno><text>a</text></doc><doc><docno>1</docno><text/></doc>"),
          "does not end");
  refused(documents("<html></html>"), "there is no document in it");
}

TEST_CASE("trec topics: with end tags and without") {
  const auto closed = topics("<xml><top><num> 1</num>\n<title>\nwhat laws\n</title></top></xml>");
  REQUIRE(closed);
  CHECK(closed->ids == Texts{"1"});
  CHECK(closed->texts == Texts{"what laws"});
  const auto open = topics(
      "<top>\n<num> Number: 301\n<title> Topic: Organized <i>Crime</i>\n\n"
      "<desc> Description:\nIdentify\n\n<narr> Narrative:\nA\n</top>\n");
  REQUIRE(open);
  CHECK(open->ids == Texts{"301"});
  CHECK(open->texts == Texts{"Organized  Crime"});
  refused(topics("<top><title>a</title></top>"), "line 1: the query has 0 <num> and 1 <title>");
}

TEST_CASE("judgements: four fields a line, and a negative relevance is none") {
  const auto read = parse_judgements("1 0 a 1\n1\t0\tb\t-1\n\n2  0  a  3\r\n9 0 z 2\n", "q.txt");
  REQUIRE(read);
  const Texts queries{"1", "2", "3"}, corpus{"a", "b"};
  const auto joined = join_judgements(*read, queries, corpus);
  CHECK(joined.queries[0].relevance == std::unordered_map<DocumentId, int>{{0, 1}});
  CHECK(joined.queries[0].judged == 2);
  CHECK(joined.queries[1].relevance == std::unordered_map<DocumentId, int>{{0, 3}});
  CHECK(joined.unknown_queries == Texts{"9"});
  CHECK(joined.unknown_documents.empty());
  CHECK(joined.unjudged_queries == 1);
}

TEST_CASE("judgements: an unknown relevant document is missed, not forgotten") {
  const auto read = parse_judgements("1 0 lost 2\n1 0 gone 0\n1 0 a 1\n", "q.txt");
  REQUIRE(read);
  const auto joined = join_judgements(*read, Texts{"1"}, Texts{"a"});
  CHECK(joined.unknown_documents == Texts{"lost", "gone"});
  CHECK(joined.queries[0].missing == std::vector<int>{2});
  CHECK(joined.queries[0].relevant() == 2);
}

TEST_CASE("judgements: by place only where all are places and identifiers do not do") {
  const Texts ids{"1", "2", "4"};
  const auto places = *parse_judgements("1 0 a 1\n3 0 b 1\n", "q.txt");
  CHECK(judged_by_place(places, ids));
  const auto joined = join_judgements(places, ids, Texts{"a", "b"}, QueryKey::place);
  CHECK(joined.queries[2].relevance == std::unordered_map<DocumentId, int>{{1, 1}});
  CHECK_FALSE(judged_by_place(*parse_judgements("1 0 a 1\n2 0 b 1\n", "q.txt"), ids));
  CHECK_FALSE(judged_by_place(*parse_judgements("3 0 a 1\n4 0 b 1\n", "q.txt"), ids));
}

TEST_CASE("judgements: what is wrong is told with its line") {
  refused(parse_judgements("1 0 a 1\n1 a 1\n", "q.txt"), "q.txt: line 2: `1 a 1` has 3 fields");
  refused(parse_judgements("1 0 a 1 x\n", "q.txt"), "more than four");
  refused(parse_judgements("1 0 a high\n", "q.txt"), "the relevance `high`");
  refused(parse_judgements("1 0 a 1.5\n", "q.txt"), "the relevance `1.5`");
  refused(parse_judgements("1 0 a 99999999999\n", "q.txt"), "is not a whole number");
  refused(parse_judgements("1 0 a 1\n1 0 a 0\n", "q.txt"), "judged on line 1 already");
  refused(parse_judgements("\n", "q.txt"), "there is no judgement in it");
  const auto some = parse_judgements("1 0 a 1\nx\n", "q.txt", true);
  REQUIRE(some);
  CHECK(some->skipped == 1);
}

TEST_CASE("files: the format is that of the ending, else of the first character") {
  const auto corpus = read_corpus(written("a.txt", "\xEF\xBB\xBF{\"id\":1,\"text\":\"a\"}\n"));
  REQUIRE(corpus);
  CHECK(corpus->ids == Texts{"1"});
  const auto queries = read_queries(written("a.tsv", "1\ta\n"));
  REQUIRE(queries);
  CHECK_FALSE(queries->topics);
  const auto marked = read_queries(written("b", "<top><num>1</num><title>a</title></top>"));
  REQUIRE(marked);
  CHECK(marked->topics);
  refused(read_corpus(written("c.txt", "just text\n")), "not a corpus that can be read");
  refused(read_corpus(written("d.txt", "")), "not a corpus that can be read");
  refused(read_corpus(written("e.xml", "<doc>\n<docno>1</docno>\ncaf\xE9")),
          "line 3: not UTF-8; convert the file first");
  refused(read_corpus(written("f.jsonl", std::string("{\"id\":1}\n\0", 10))), "line 2: a NUL byte");
  refused(read_corpus(written("g.jsonl", "{\"id\":1,\"text\":\"abc\"}"), {.max_bytes = 10}),
          "more than 10");
  refused(read_corpus("absent.jsonl"), "absent.jsonl");
}

TEST_CASE("cranfield: the collection is read whole") {
  const std::string folder = shared_data("cranfield");
  if (folder.empty()) return;
  const auto corpus = read_corpus(folder + "/cran.all.1400.xml");
  REQUIRE(corpus);
  CHECK(corpus->size() == 1400);
  CHECK(corpus->texts[470].find_first_not_of(" \n") == std::string::npos);
  const auto queries = read_queries(folder + "/cran.qry.xml");
  REQUIRE(queries);
  CHECK(queries->collection.size() == 225);
  CHECK(queries->collection.ids.back() == "365");
  const auto judgements = read_judgements(folder + "/cranqrel.trec.txt");
  REQUIRE(judgements);
  CHECK(judgements->rows.size() == 1837);
  CHECK(judged_by_place(*judgements, queries->collection.ids));
}
