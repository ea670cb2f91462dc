// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/saved.hpp"

#include <catch2/catch.hpp>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"
#include "engine/models/baselines.hpp"
#include "engine/models/boosted.hpp"
#include "engine/models/fm.hpp"
#include "engine/models/ftrl.hpp"
#include "engine/models/linear_regression.hpp"
#include "engine/models/logistic.hpp"
#include "engine/models/mlp.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

// Two numbers (one sometimes missing), a text of few levels and one of many.
Frame log_of(std::uint64_t seed, std::size_t rows = 400) {
  Stream stream(seed, "test.saved");
  std::vector<double> age, votes;
  std::vector<std::string> topic, user;
  std::vector<std::int64_t> click;
  std::vector<std::uint8_t> present;
  for (std::size_t row = 0; row < rows; ++row) {
    age.push_back(stream.uniform(0, 5));
    votes.push_back(stream.uniform(0, 1000));
    present.push_back(row % 7 != 3);
    topic.emplace_back(stream.bernoulli(0.5) ? "cats" : "cars");
    user.push_back("u" + std::to_string(stream.below(40)));
    click.push_back(stream.bernoulli(topic.back() == "cats" ? 0.6 : 0.2 + 0.05 * age.back()));
  }
  Frame::Builder builder;
  const ColumnInfo feature{.role = Role::feature};
  builder.add("age", age, feature).add("votes", votes, feature).missing(present);
  builder.add("topic", topic, feature).add("user", user, feature);
  builder.add("click", click, {.role = Role::label});
  return std::move(builder).build().value();
}

template <class Trained>
ScorerPtr model_of(Trained trained) {
  REQUIRE(trained);
  return trained->model;
}

std::map<std::string, ScorerPtr> models() {
  const Frame rows = log_of(1);
  EncodingOptions categories;
  FmOptions fm, ffm;
  fm.epochs = ffm.epochs = 2, ffm.field_aware = true;
  BoostedOptions trees;
  trees.rounds = 8;
  NetworkOptions deep, wide;
  deep.epochs = wide.epochs = 2, wide.wide_bits = 10, wide.crosses = {{"topic", "user"}};
  return {{"ftrl", model_of(fit_ftrl(rows))},
          {"logistic", model_of(train_logistic(rows))},
          {"fm", model_of(train_fm(rows, fm))},
          {"ffm", model_of(train_fm(rows, ffm))},
          {"gbdt", model_of(train_boosted(rows, nullptr, trees))},
          {"mlp", model_of(train_network(rows, nullptr, deep))},
          {"wide", model_of(train_network(rows, nullptr, wide))}};
}

TEST_CASE("saved: every model scores rows it never saw bit for bit as the one that was saved") {
  const Frame unseen = log_of(2);
  for (const auto& [name, model] : models()) {
    INFO(name);
    const auto saved = save_model(*model);
    REQUIRE(saved);
    const auto loaded = load_model(Json::parse(saved->dump()));
    REQUIRE(loaded);
    CHECK((*loaded)->score(unseen).value() == model->score(unseen).value());
    CHECK((*loaded)->describe() == model->describe());
    CHECK((*loaded)->probabilistic());
    CHECK(save_model(**loaded).value() == *saved);
    CHECK((*loaded)->facts().size() > 2);
  }
}

TEST_CASE("saved: a loaded model can be stepped, and its columns are asked for") {
  for (const auto& [name, model] : models()) {
    INFO(name);
    const auto loaded = load_model(save_model(*model).value()).value();
    const auto* stepped = dynamic_cast<const Stepped*>(loaded.get());
    REQUIRE(stepped);
    CHECK(stepped->trail(log_of(2), 3)->rows() > 2);
    Frame::Builder other;
    other.add("age", std::vector<double>{1});
    CHECK_FALSE(loaded->score(std::move(other).build().value()));
  }
}

TEST_CASE("saved: a model that cannot be saved says so") {
  CHECK(save_model(*prior_scorer(log_of(1)).value()).error().code == Code::unsupported);
}

TEST_CASE("saved: what was cut, edited or made up is refused") {
  const Json whole = save_model(*models().at("logistic")).value();
  CHECK_FALSE(load_model(Json::object()));
  CHECK_FALSE(load_model(Json::array({1, 2})));
  Json edited = whole;
  edited["content"]["weights"][0] = 3.5;
  CHECK(load_model(edited).error().message.find("damaged") != std::string::npos);
  Json unknown = whole;
  unknown["kind"] = "oracle";
  CHECK(load_model(unknown).error().message.find("oracle") != std::string::npos);
}

// Hashed anew, so that only the checks of sizes, indices and numbers stand in the way.
Result<ScorerPtr> loaded_as_if_saved(Json saved) {
  saved["hash"] = fmt::format("{:016x}", fnv1a64(saved["content"].dump()));
  return load_model(saved);
}

TEST_CASE("saved: sizes, indices and numbers that do not fit each other are refused") {
  const auto fitted = models();
  const auto refuses = [&](const std::string& name, const char* where, const Json& value) {
    INFO(name << " " << where);
    Json saved = save_model(*fitted.at(name)).value();
    Json::json_pointer place(std::string("/content") + where);
    REQUIRE(saved.contains(place));
    saved[place] = value;
    CHECK_FALSE(loaded_as_if_saved(saved));
  };
  refuses("ftrl", "/bits", 60);
  refuses("ftrl", "/index/0", std::int64_t{1} << 40);
  refuses("ftrl", "/z", Json::array({1.0}));
  refuses("ftrl", "/alpha", 0);
  refuses("ftrl", "/z/0", nullptr);
  refuses("logistic", "/weights", Json::array());
  refuses("logistic", "/weights/1", nullptr);
  refuses("logistic", "/loss/kind", 99);
  refuses("logistic", "/encoding/columns/0/first", 1000000);
  refuses("logistic", "/encoding/width", 2);
  refuses("fm", "/rank", 3);
  refuses("ffm", "/fields", 1);
  refuses("gbdt", "/ensemble/nodes/0/left", 0);
  refuses("gbdt", "/ensemble/nodes/0/right", 5000);
  refuses("gbdt", "/ensemble/nodes/0/feature", 77);
  refuses("gbdt", "/ensemble/roots/0", 1);
  refuses("gbdt", "/loss", 1);
  refuses("mlp", "/weights/layers/0/inputs", 1000);
  refuses("mlp", "/weights/dimension", 63);
  refuses("wide", "/weights/wide", Json::array());
  refuses("wide", "/inputs/options/buckets", 0);
}

// Whatever number of a file is changed: it is refused, or the model scores as it can.
TEST_CASE("saved: no changed number makes a loaded model read beyond its own") {
  const Frame unseen = log_of(2, 20);
  Stream stream(9, "test.saved.fuzz");
  for (const auto& [name, model] : models()) {
    const Json whole = save_model(*model).value();
    const Json flat = whole["content"].flatten();
    std::vector<std::string> numbers;
    for (const auto& [place, value] : flat.items())
      if (value.is_number()) numbers.push_back(place);
    std::size_t refused = 0;
    for (int turn = 0; turn < 150; ++turn) {
      Json changed = whole;
      const Json::json_pointer place("/content" + numbers[stream.below(numbers.size())]);
      const Json values[] = {-1, 0, 3, 1000000, 1e300, nullptr, "text"};
      changed[place] = values[stream.below(std::size(values))];
      const auto loaded = loaded_as_if_saved(std::move(changed));
      refused += loaded ? 0 : 1;
      if (loaded) CHECK((*loaded)->score(unseen).value().size() == unseen.rows());
    }
    INFO(name);
    CHECK(refused > 0);
  }
}

}  // namespace
