// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/analysis.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "app/analysis/calibrate.hpp"
#include "app/analysis/calibration.hpp"
#include "app/analysis/drift.hpp"
#include "app/analysis/ranking.hpp"
#include "app/analysis/stream.hpp"
#include "engine/base/random.hpp"

using namespace rehearse;
using namespace rehearse::analysis;
using Catch::Matchers::Contains;

namespace {

// Labels drawn from the scores themselves, then scores multiplied: the ratio is known.
Frame scored(double times, std::size_t rows = 20000) {
  std::vector<double> score, label;
  std::vector<std::string> device;
  for (std::size_t row = 0; row < rows; ++row) {
    Stream stream(7, "test.rows", 0, row);
    const double p = 0.02 + 0.2 * stream.uniform();
    label.push_back(stream.bernoulli(p) ? 1 : 0);
    score.push_back(p * times);
    device.emplace_back(row % 2 ? "web" : "ios");
  }
  Frame::Builder builder;
  builder.add("device", device).add("label", label).add("score", std::move(score));
  return *std::move(builder).build();
}

std::map<std::string, std::string> values(const Analysis& analysis, const Frame& table) {
  return guessed(analysis, table);
}

const Banner& banner(const Document& document) {
  for (const auto& block : document.blocks)
    if (const auto* found = std::get_if<Banner>(&block)) return *found;
  FAIL("no verdict");
  throw 0;
}

std::vector<Figure> figures(const Document& document, const std::string& kind) {
  std::vector<Figure> found;
  for (const auto& block : document.blocks)
    if (const auto* figure = std::get_if<Figure>(&block); figure && figure->kind == kind)
      found.push_back(*figure);
  return found;
}

std::string prose(const Document& document) {
  std::string all;
  for (const auto& block : document.blocks)
    if (const auto* found = std::get_if<Prose>(&block)) all += found->markdown;
  return all;
}

Frame header(const std::vector<std::string>& names) {
  Frame::Builder builder;
  for (const std::string& name : names)
    if (name.starts_with("t_"))
      builder.add(name, std::vector<std::string>{"a"});
    else
      builder.add(name, std::vector<double>{1});
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("analysis: each is declared in full") {
  REQUIRE(all().size() >= 2);
  CHECK(std::is_sorted(all().begin(), all().end(),
                       [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const Analysis& analysis : all()) {
    INFO(analysis.name);
    CHECK(analysis.asks.ends_with("?"));
    CHECK(analysis.answer);
    CHECK(find(analysis.name) == &analysis);
    for (const Field& field : analysis.fields) {
      INFO(field.name);
      CHECK_FALSE(field.sentence.empty());
      if (field.kind == Field::Kind::choice)
        CHECK(std::count(field.choices.begin(), field.choices.end(), field.initial) == 1);
      if (field.kind == Field::Kind::number) CHECK(field.low < field.high);
    }
  }
}

TEST_CASE("analysis: columns are guessed by name, whole names first, and none twice") {
  const Analysis& calibration = *find("calibration");
  const auto guess = [&](const std::vector<std::string>& names) {
    return values(calibration, header(names));
  };
  auto found = guess({"id", "Label", "SCORE"});
  CHECK(found["label"] == "Label");
  CHECK(found["score"] == "SCORE");
  found = guess({"model_score", "click", "score"});
  CHECK(found["score"] == "score");
  CHECK(found["label"] == "click");
  found = guess({"model_score", "is_click"});
  CHECK(found["score"] == "model_score");
  CHECK(found["label"] == "is_click");
  // A part of a word is no guess, nor is a column of texts for a number.
  found = guess({"labelled_by", "t_score"});
  CHECK(found.count("label") == 0);
  CHECK(found.count("score") == 0);
  CHECK(found["bins"] == "10");
}

TEST_CASE("analysis: what is missing or wrong is named with its field") {
  const Analysis& calibration = *find("calibration");
  const Frame table = scored(1, 500);
  const auto error = [&](const std::map<std::string, std::string>& changed) {
    Question question{"scores.csv", table, "", {}, values(calibration, table), {}};
    for (const auto& [name, value] : changed) question.values[name] = value;
    const auto result = answer(calibration, question);
    REQUIRE_FALSE(result);
    return result.error().message;
  };
  CHECK_THAT(error({{"label", ""}}), Contains("label") && Contains("outcomes"));
  CHECK_THAT(error({{"score", "scor"}}), Contains("score") && Contains("did you mean"));
  CHECK_THAT(error({{"score", "device"}}), Contains("text"));
  CHECK_THAT(error({{"bins", "0"}}), Contains("bins") && Contains("1 to 1000"));
  CHECK_THAT(error({{"bins", "2.5"}}), Contains("whole number"));
  CHECK_THAT(error({{"binning", "round"}}), Contains("quantile"));
  Question alone{"a.csv", table, "", {}, {{"bins", "10"}}, {}};
  const auto drift = answer(*find("drift"), alone);
  REQUIRE_FALSE(drift);
  CHECK_THAT(drift.error().message, Contains("second file"));
}

TEST_CASE("calibration: the verdict is the one that the data was made with") {
  const Analysis& calibration = *find("calibration");
  for (const auto& [times, tone, words] :
       {std::tuple{1.0, Banner::Tone::ok, "Right"}, std::tuple{1.5, Banner::Tone::bad, "too much"},
        std::tuple{0.5, Banner::Tone::bad, "too little"}}) {
    INFO(times);
    const Frame table = scored(times);
    const auto document =
        answer(calibration, {"scores.csv", table, "", {}, values(calibration, table), {}});
    REQUIRE(document);
    CHECK(banner(*document).tone == tone);
    CHECK_THAT(banner(*document).title, Contains(words));
    CHECK(figures(*document, "reliability").size() == 1);
    CHECK(figures(*document, "number").size() == 2);
    CHECK_THAT(prose(*document), Contains("**Calibration ratio"));
    // The segment was guessed: a line each.
    REQUIRE(figures(*document, "table").size() == 1);
    CHECK(figures(*document, "table").front().data.rows() == 2);
    CHECK(document_from_json(to_json(*document)));
  }
}

TEST_CASE("calibration: a segment is measured on its own rows") {
  const Frame table = scored(1, 4000);
  CalibrationOptions options{"label", "score", "device", "", 10, metrics::Binning::quantile, false};
  const auto whole = measure_calibration(table, options);
  REQUIRE(whole);
  std::vector<std::uint32_t> web;
  for (std::uint32_t row = 1; row < 4000; row += 2) web.push_back(row);
  options.segment.clear();
  const auto alone = measure_calibration(table.take(web), options);
  REQUIRE(alone);
  CHECK(whole->segments.at("web").log_loss == alone->whole.log_loss);
  CHECK(whole->segments.at("web").ece == alone->whole.ece);
  CHECK(whole->segments.at("ios").rows + whole->segments.at("web").rows == whole->whole.rows);
}

TEST_CASE("calibration: without positives it says that nothing can be said") {
  Frame::Builder builder;
  builder.add("label", std::vector<double>(50, 0)).add("score", std::vector<double>(50, 0.3));
  const Frame table = *std::move(builder).build();
  const Analysis& calibration = *find("calibration");
  const auto document = answer(calibration, {"x", table, "", {}, values(calibration, table), {}});
  REQUIRE(document);
  CHECK(banner(*document).tone == Banner::Tone::neutral);
  CHECK_THAT(banner(*document).sentence, Contains("no positive labels"));
}

TEST_CASE("drift: what moved is drawn over its past, what did not is not") {
  const auto table = [](double shift, double web) {
    std::vector<double> moved, still;
    std::vector<std::string> platform;
    for (std::uint64_t row = 0; row < 3000; ++row) {
      Stream stream(3, "test.drift", static_cast<std::uint64_t>(shift), row);
      moved.push_back(stream.normal() + shift), still.push_back(stream.normal());
      platform.emplace_back(stream.uniform() < web ? "web" : "ios");
    }
    Frame::Builder builder;
    builder.add("moved", moved).add("still", still).add("platform", platform);
    return *std::move(builder).build();
  };
  const Analysis& drift = *find("drift");
  const Frame past = table(0, 0.5), now = table(1, 0.8);
  const auto document = answer(drift, {"now.csv", now, "past.csv", past, {{"bins", "10"}}, {}});
  REQUIRE(document);
  CHECK(banner(*document).tone == Banner::Tone::bad);
  const auto pictures = figures(*document, "histogram");
  REQUIRE(pictures.size() == 1);
  CHECK(pictures.front().title == "moved");
  double share = 0;
  for (std::size_t row = 0; row < pictures.front().data.rows(); ++row)
    share += pictures.front().data.find("y")->number(row);
  CHECK(share == Approx(2));
  const auto tables = figures(*document, "table");
  REQUIRE(tables.size() == 2);
  CHECK(tables.front().title == "platform");
  CHECK(tables.front().data.find("level")->cell(0).size() == 3);
  CHECK_THAT(prose(*document), Contains("`moved`"));
  const auto quiet = answer(drift, {"past.csv", past, "past.csv", past, {{"bins", "10"}}, {}});
  REQUIRE(quiet);
  CHECK(banner(*quiet).tone == Banner::Tone::ok);
}

TEST_CASE(
    "ranking: the mean of the queries' own nDCG is the one that is told; the worst come first") {
  std::vector<std::string> query;
  std::vector<double> relevance, score;
  for (std::uint64_t row = 0; row < 600; ++row) {
    Stream stream(11, "test.ranking", 0, row);
    query.push_back("q" + std::to_string(row / 10));
    relevance.push_back(row / 10 == 7 ? 0 : stream.uniform() < 0.3 ? 1 : 0);
    score.push_back(stream.uniform());
  }
  Frame::Builder builder;
  builder.add("qid", query).add("rel", relevance).add("score", score);
  const Frame table = *std::move(builder).build();
  const RankingColumns columns{"qid", "rel", "score", {10}};
  const auto ranking = measure_ranking(table, columns);
  REQUIRE(ranking);
  CHECK(ranking->means.undefined_queries >= 1);
  REQUIRE(ranking->queries.size() == ranking->means.queries - ranking->means.undefined_queries);
  double sum = 0;
  for (const QueryScore& one : ranking->queries) sum += one.ndcg;
  CHECK(sum / static_cast<double>(ranking->queries.size()) == Approx(ranking->means.ndcg.value));
  CHECK(std::is_sorted(ranking->queries.begin(), ranking->queries.end(),
                       [](const auto& a, const auto& b) { return a.ndcg < b.ndcg; }));
  const Analysis& analysis = *find("ranking");
  const auto document = answer(analysis, {"r.csv", table, "", {}, values(analysis, table), {}});
  REQUIRE(document);
  REQUIRE(figures(*document, "histogram").size() == 1);
  double share = 0;
  const Frame& shares = figures(*document, "histogram").front().data;
  for (std::size_t row = 0; row < shares.rows(); ++row) share += shares.find("y")->number(row);
  CHECK(share == Approx(1));
  CHECK(figures(*document, "table").front().data.find("qid")->cell(0) ==
        ranking->queries.front().query);
}

TEST_CASE("calibrate: a map fitted on the first half mends the second") {
  const Frame table = scored(2);
  const Analysis& analysis = *find("calibrate");
  auto chosen = values(analysis, table);
  CHECK(chosen["fit-rows"] == "10000");
  const auto result = calibrate(table, {"label", "score", "isotonic", "score", 10000, 10, false});
  REQUIRE(result);
  REQUIRE(result->before);
  CHECK(result->before->calibration_ratio.value == Approx(2).epsilon(0.1));
  CHECK(result->after->calibration_ratio.value == Approx(1).epsilon(0.1));
  CHECK(result->after->log_loss < result->before->log_loss);
  const auto document = answer(analysis, {"s.csv", table, "", {}, chosen, {}});
  REQUIRE(document);
  CHECK(banner(*document).tone == Banner::Tone::ok);
  CHECK(figures(*document, "reliability").size() == 1);
  chosen["fit-rows"] = "20000";
  const auto none = answer(analysis, {"s.csv", table, "", {}, chosen, {}});
  REQUIRE_FALSE(none);
  CHECK_THAT(none.error().message, Contains("fit-rows 20000"));
}

TEST_CASE("stream: a level that moves is found, with what the threshold costs") {
  Frame::Builder builder;
  std::vector<double> rate;
  for (std::size_t row = 0; row < 5000; ++row)
    rate.push_back(Stream(2, "test.stream", 0, row).normal(row < 3000 ? 10 : 12, 2));
  builder.add("rate", rate);
  const Frame table = *std::move(builder).build();
  const Analysis& stream = *find("stream");
  auto given = values(stream, table);
  CHECK(given.at("value") == "rate");
  CHECK(given.at("baseline") == "1000");
  for (const char* detector : {"cusum", "ewma", "page-hinkley", "adwin"}) {
    given["detector"] = detector;
    const auto document = answer(stream, {"rates.csv", table, "", {}, given, {}});
    INFO(detector);
    REQUIRE(document);
    CHECK(banner(*document).tone == Banner::Tone::bad);
    REQUIRE(figures(*document, "line").size() == 1);
    CHECK(figures(*document, "line").front().data.rows() < 2500);
    CHECK_THAT(prose(*document), Contains("false alarm"));
  }
  given["detector"] = "ddm";
  const auto refused = answer(stream, {"rates.csv", table, "", {}, given, {}});
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message, Contains("ddm"));
}

TEST_CASE("stream: what is asked for must fit together") {
  const StreamValues values{"x", {1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2}};
  const auto message = [&](const StreamRequest& request) {
    const auto watched = watch(values, request);
    REQUIRE_FALSE(watched);
    return watched.error().message;
  };
  CHECK_THAT(message({"adwin", {}, 0, 500}), Contains("--baseline"));
  CHECK_THAT(message({"cusum", {{"h", "4"}}, 6, 500}), Contains("not both"));
  CHECK_THAT(message({"cusum", {}, 40, 0}), Contains("baseline of 40"));
  const auto fixed = watch(values, {"cusum", {{"mu", "2"}, {"sigma", "1"}}, 0, 0});
  REQUIRE(fixed);
  CHECK(fixed->in_control_run->mean == Approx(465).margin(1));
  CHECK(to_json(*fixed)["alarms"].empty());
}
