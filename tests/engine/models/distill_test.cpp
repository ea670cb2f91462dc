// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/distill.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/models/mixed_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;
using namespace rehearse::models::mixed;

// Knows the truth of a made-up world: rare clicks on a line and a step.
class Oracle : public Scorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override {
    std::vector<double> p;
    for (const double x : rows.find("x")->numbers())
      p.push_back(metrics::sigmoid(-3 + x + (x > 1 ? 1.5 : 0)));
    return p;
  }
  bool probabilistic() const override { return probabilities; }
  std::string describe() const override { return "oracle"; }
  std::size_t bytes() const override { return sizeof *this; }
  bool probabilities = true;
};

Frame world(std::size_t n, std::uint64_t seed) {
  Stream s(seed, "test.distill");
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) x.push_back(s.normal());
  Frame::Builder b;
  b.add("x", x, {.role = Role::feature});
  Frame rows = *std::move(b).build();
  const auto p = *Oracle().score(rows);
  std::vector<std::uint8_t> click;
  for (const double probability : p) click.push_back(s.bernoulli(probability));
  Frame::Builder labels;
  labels.add("click", std::move(click), {.role = Role::label});
  return *rows.with((*std::move(labels).build()).column(0));
}

double expected_loss(const Scorer& model, const Frame& rows) {
  return metrics::expected_log_loss(*model.score(rows), *Oracle().score(rows));
}

DistillOptions options_of(Student student) {
  DistillOptions o;
  o.student = student;
  o.trees.rounds = 40, o.trees.depth = 3, o.trees.learning_rate = 0.3;
  o.network.hidden = {8}, o.network.epochs = 100, o.network.batch = 32,
  o.network.learning_rate = 0.01;
  return o;
}

}  // namespace

TEST_CASE("distill: from few rows a student learns more of a teacher than of the labels") {
  const Frame few = world(400, 1), other = world(4000, 2);
  for (const Student student : {Student::network, Student::trees}) {
    DistillOptions o = options_of(student);
    const double taught = expected_loss(*distill(few, Oracle(), nullptr, o)->model, other);
    o.teacher_share = 0;
    const double alone = expected_loss(*distill(few, Oracle(), nullptr, o)->model, other);
    const double best = metrics::best_log_loss(*Oracle().score(other));
    CHECK(taught < alone);
    CHECK(taught - best < 0.4 * (alone - best));
  }
}

TEST_CASE("distill: with no word from the teacher it is training on the labels, to the bit") {
  const Frame rows = world(500, 3);
  DistillOptions o = options_of(Student::trees);
  o.teacher_share = 0;
  CHECK(*distill(rows, Oracle(), nullptr, o)->model->score(rows) ==
        *train_boosted(rows, nullptr, o.trees)->model->score(rows));
}

TEST_CASE("distill: a logistic student is the wide part alone") {
  const Frame rows = mixed_log(500);
  const auto teacher = [&] {
    BoostedOptions o;
    o.label = "click", o.rounds = 10;
    return train_boosted(rows, nullptr, o)->model;
  }();
  DistillOptions o = options_of(Student::logistic);
  o.network.label = "click";
  const auto student = distill(rows, *teacher, nullptr, o);
  REQUIRE(student);
  CHECK(fact_of(*student->model, "multiply_adds") == 0);
  CHECK(fact_of(*student->model, "lookups") == 5);
}

TEST_CASE("distill: rows without a label serve, unless the label has a share") {
  const Frame rows = *world(300, 4).select(std::vector<std::string>{"x"});
  DistillOptions o = options_of(Student::network);
  CHECK(distill(rows, Oracle(), nullptr, o));
  o.teacher_share = 0.5;
  CHECK_FALSE(distill(rows, Oracle(), nullptr, o));
  o.teacher_share = 2;
  CHECK_FALSE(distill(rows, Oracle(), nullptr, o));
  Oracle values;
  values.probabilities = false;
  CHECK_FALSE(distill(rows, values, nullptr, options_of(Student::network)));
}
