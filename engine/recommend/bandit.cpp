// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/bandit.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::recommend {
namespace {

constexpr std::size_t kMostCoefficients = 2000;

// Clicks and rounds of each context and action.
class Rates {
 public:
  explicit Rates(const BanditOptions& o)
      : actions_(o.topic.size()),
        prior_(o.prior_rate),
        clicks_(o.contexts * actions_),
        rounds_(clicks_.size()) {}
  std::size_t actions() const { return actions_; }
  void add(std::size_t context, std::size_t action, double reward) {
    clicks_[context * actions_ + action] += reward, rounds_[context * actions_ + action] += 1;
  }
  // Parameters of the Beta posterior.
  double alpha(std::size_t context, std::size_t action) const {
    return 1 + clicks_[context * actions_ + action];
  }
  double beta(std::size_t context, std::size_t action) const {
    const std::size_t cell = context * actions_ + action;
    return 1 / prior_ - 1 + rounds_[cell] - clicks_[cell];
  }
  double mean(std::size_t context, std::size_t action) const {
    const double a = alpha(context, action);
    return a / (a + beta(context, action));
  }

 private:
  std::size_t actions_;
  double prior_;
  std::vector<double> clicks_, rounds_;
};

// The action of the greatest value; among equals any, so that no order of posts is preferred.
template <class Value>
std::size_t best_action(std::size_t actions, Stream& stream, const Value& value) {
  std::size_t best = 0, equals = 0;
  double greatest = -INFINITY;
  for (std::size_t a = 0; a < actions; ++a) {
    const double v = value(a);
    if (v > greatest)
      greatest = v, best = a, equals = 1;
    else if (v == greatest && stream.below(++equals) == 0)
      best = a;
  }
  return best;
}

class EpsilonGreedy final : public Bandit {
 public:
  EpsilonGreedy(const BanditOptions& o, bool from_explored_alone)
      : rates_(o), explore_(o.explore), from_explored_alone_(from_explored_alone) {}
  Choice choose(std::size_t context, Stream& stream) override {
    if (stream.uniform() < explore_) return {stream.below(rates_.actions()), true};
    return {best_action(rates_.actions(), stream,
                        [&](std::size_t a) { return rates_.mean(context, a); }),
            false};
  }
  void learn(std::size_t context, const Choice& choice, double reward) override {
    if (choice.explored || !from_explored_alone_) rates_.add(context, choice.action, reward);
  }

 private:
  Rates rates_;
  double explore_;
  bool from_explored_alone_;
};

class Thompson final : public Bandit {
 public:
  explicit Thompson(const BanditOptions& o) : rates_(o) {}
  Choice choose(std::size_t context, Stream& stream) override {
    return {best_action(rates_.actions(), stream,
                        [&](std::size_t a) {
                          return stream.beta(rates_.alpha(context, a), rates_.beta(context, a));
                        }),
            false};
  }
  void learn(std::size_t context, const Choice& choice, double reward) override {
    rates_.add(context, choice.action, reward);
  }

 private:
  Rates rates_;
};

// Ridge regression of rewards in its posterior form: mean θ and covariance Σ, updated by each round
// (Sherman, Morrison 1950). A pair has two features that are 1: its post, and its segment's topic.
class LinUcb final : public Bandit {
 public:
  explicit LinUcb(const BanditOptions& o) : topic_(o.topic), confidence_(o.confidence) {
    topics_ = *std::max_element(topic_.begin(), topic_.end()) + 1;
    size_ = topic_.size() + o.contexts * topics_;
    theta_.assign(size_, o.prior_rate / 2);
    sigma_.assign(size_ * size_, 0);
    for (std::size_t i = 0; i < size_; ++i) sigma_[i * size_ + i] = 1;
  }
  Choice choose(std::size_t context, Stream& stream) override {
    return {best_action(topic_.size(), stream,
                        [&](std::size_t a) {
                          const auto [i, j] = features(context, a);
                          return theta_[i] + theta_[j] + confidence_ * std::sqrt(variance(i, j));
                        }),
            false};
  }
  void learn(std::size_t context, const Choice& choice, double reward) override {
    const auto [i, j] = features(context, choice.action);
    const double scale = 1 + variance(i, j), miss = reward - theta_[i] - theta_[j];
    gain_.resize(size_);
    for (std::size_t r = 0; r < size_; ++r)
      gain_[r] = sigma_[i * size_ + r] + sigma_[j * size_ + r];
    for (std::size_t r = 0; r < size_; ++r) {
      const double share = gain_[r] / scale;
      theta_[r] += share * miss;
      if (share == 0) continue;
      for (std::size_t c = 0; c < size_; ++c) sigma_[r * size_ + c] -= share * gain_[c];
    }
  }

 private:
  std::pair<std::size_t, std::size_t> features(std::size_t context, std::size_t action) const {
    return {action, topic_.size() + context * topics_ + topic_[action]};
  }
  double variance(std::size_t i, std::size_t j) const {
    return std::max(0.0, sigma_[i * size_ + i] + 2 * sigma_[i * size_ + j] + sigma_[j * size_ + j]);
  }

  std::vector<std::size_t> topic_;
  double confidence_;
  std::size_t topics_ = 0, size_ = 0;
  std::vector<double> theta_, sigma_, gain_;
};

}  // namespace

const char* bandit_name(BanditKind kind) {
  switch (kind) {
    case BanditKind::epsilon_greedy: return "epsilon-greedy";
    case BanditKind::bucket: return "bucket";
    case BanditKind::thompson: return "thompson";
    case BanditKind::lin_ucb: return "lin-ucb";
  }
  return "";
}

Result<BanditKind> parse_bandit(std::string_view name) {
  for (const BanditKind kind :
       {BanditKind::epsilon_greedy, BanditKind::bucket, BanditKind::thompson, BanditKind::lin_ucb})
    if (name == bandit_name(kind)) return kind;
  return fail(Code::invalid_argument,
              "there is no bandit `{}`; there are epsilon-greedy, bucket, thompson and lin-ucb",
              name);
}

Result<std::unique_ptr<Bandit>> make_bandit(const BanditOptions& o) {
  if (o.contexts == 0 || o.topic.empty() || !(o.explore >= 0 && o.explore <= 1) ||
      !(o.confidence >= 0 && o.confidence <= 100) || !(o.prior_rate > 0 && o.prior_rate < 1))
    return fail(Code::invalid_argument,
                "a bandit needs a context and an action at least, an exploration from 0 to 1, a "
                "confidence from 0 to 100 and a prior rate between 0 and 1");
  switch (o.kind) {
    case BanditKind::epsilon_greedy: return std::make_unique<EpsilonGreedy>(o, false);
    case BanditKind::bucket: return std::make_unique<EpsilonGreedy>(o, true);
    case BanditKind::thompson: return std::make_unique<Thompson>(o);
    case BanditKind::lin_ucb: break;
  }
  const std::size_t topics = *std::max_element(o.topic.begin(), o.topic.end()) + 1;
  if (o.topic.size() + o.contexts * topics > kMostCoefficients)
    return fail(Code::limit, "lin-ucb would have {} coefficients, more than {}; use fewer segments",
                o.topic.size() + o.contexts * topics, kMostCoefficients);
  return std::make_unique<LinUcb>(o);
}

}  // namespace rehearse::recommend
