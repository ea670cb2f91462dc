// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/two_tower.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "engine/base/adam.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"

namespace rehearse::recommend {
namespace {

constexpr double kTowerInitialSd = 0.1;

Result<void> check_tower(const Interactions& training, const SideFeatures& side,
                         const TowerOptions& o) {
  if (training.pairs() == 0)
    return fail(Code::bad_data, "two towers need interactions to learn from; there are none");
  const bool has_sides = !side.users.empty() || !side.items.empty();
  if (!side.users.empty() && side.users.size() != training.users())
    return fail(Code::invalid_argument, "side features of {} users; training has {}",
                side.users.size(), training.users());
  if (!side.items.empty() && side.items.size() != training.items())
    return fail(Code::invalid_argument, "side features of {} items; training has {}",
                side.items.size(), training.items());
  if (!o.ids && !has_sides)
    return fail(Code::invalid_argument,
                "two towers learn from ids or from side features, and here from neither");
  return check_ranges({{"factors", o.factors, 1, 256},
                       {"hidden", o.hidden, 0, 256},
                       {"epochs", o.epochs, 1, 1000},
                       {"batch", o.batch, 2, 4096},
                       {"learning_rate", o.learning_rate, 1e-9, 1},
                       {"temperature", o.temperature, 0.01, 100},
                       {"decay", o.decay, 0, 10},
                       {"id_dropout", o.id_dropout, 0, 0.95},
                       {"buckets", o.buckets, 16, 1 << 22}},
                      "two towers");
}

// Bags of all of one side. The feature that everybody has stands first.
std::vector<Bag> bags_of(const char* tower, std::size_t count,
                         const std::vector<std::vector<std::string>>& side, bool ids,
                         std::size_t buckets, const std::function<bool(std::uint32_t)>& known) {
  const auto bucket = [&](const std::string& feature) {
    return static_cast<std::uint32_t>(fnv1a64(fmt::format("{}:{}", tower, feature)) % buckets);
  };
  std::vector<Bag> bags;
  for (std::uint32_t code = 0; code < count; ++code) {
    Bag bag{bucket("everybody")};
    if (ids && known(code)) bag.push_back(bucket(fmt::format("id={}", code)));
    if (!side.empty())
      for (const std::string& feature : side[code]) bag.push_back(bucket(feature));
    bags.push_back(std::move(bag));
  }
  return bags;
}

Tower tower_of(const TowerOptions& o, const char* process) {
  Tower tower{o.buckets, o.factors, o.hidden, {}};
  tower.at.assign(tower.dense_begin() + o.hidden * (2 * o.factors + 1), 0.0);
  const StreamKey key = stream_key(o.seed, process);
  for (std::size_t row = 0; row < o.buckets; ++row) {
    Stream stream(key, 0, row);
    for (std::size_t f = 0; f < o.factors; ++f)
      tower.at[row * o.factors + f] = stream.normal(0, kTowerInitialSd);
  }
  Stream dense(key, 1, 0);
  for (std::size_t i = 0; i < o.hidden * o.factors; ++i)
    tower.at[tower.dense_begin() + i] =
        dense.normal(0, std::sqrt(2 / static_cast<double>(o.factors)));
  return tower;  // W₂ is 0: the hidden layer begins by adding nothing
}

// A step of Adam, lazy: thousands of features that a batch does not mention cost nothing and stay.
// A slope that was used is cleared, so that a row that stands twice is moved once.
void step_tower(Adam<double>& adam, Tower& tower, std::vector<double>& gradient,
                std::span<const Bag* const> bags) {
  const auto move = [&](std::size_t begin, std::size_t count) {
    for (std::size_t i = begin; i < begin + count; ++i)
      if (const double slope = std::exchange(gradient[i], 0); slope != 0)
        adam.move_and_decay(i, tower.at[i], slope);
  };
  adam.next_step();
  for (const Bag* bag : bags)
    for (const std::uint32_t row : *bag) move(row * tower.factors, tower.factors);
  move(tower.dense_begin(), gradient.size() - tower.dense_begin());
}

// Distinct pairs of training, and ln Q of each item.
struct TowerPairs {
  std::vector<std::uint32_t> user, item;
  std::vector<double> log_share;

  TowerPairs(const Interactions& training, bool correct) : log_share(training.items(), 0.0) {
    for (std::uint32_t u = 0; u < training.users(); ++u)
      for (const std::uint32_t i : training.items_of(u)) {
        user.push_back(u), item.push_back(i);
        log_share[i] += 1;
      }
    for (double& share : log_share)
      share = correct && share > 0 ? std::log(share / static_cast<double>(item.size())) : 0;
  }
};

// Both towers with what learning needs; a batch is `n` pairs at `order[begin]` and after.
class TowerLearner {
 public:
  TowerLearner(const Interactions& training, const SideFeatures& side, const TowerOptions& o)
      : o_(o),
        pairs_(training, o.correct),
        user_bags_(bags_of("user", training.users(), side.users, o.ids, o.buckets,
                           [&](std::uint32_t u) { return !training.items_of(u).empty(); })),
        item_bags_(bags_of("item", training.items(), side.items, o.ids, o.buckets,
                           [&](std::uint32_t i) { return !training.users_of(i).empty(); })),
        bare_users_(bags_of("user", training.users(), side.users, false, o.buckets, {})),
        bare_items_(bags_of("item", training.items(), side.items, false, o.buckets, {})),
        users_(tower_of(o, "tower.user")),
        items_(tower_of(o, "tower.item")),
        user_adam_(users_.at.size(), o.learning_rate, o.decay),
        item_adam_(items_.at.size(), o.learning_rate, o.decay) {}

  std::size_t pairs() const { return pairs_.user.size(); }

  // `dropped` says, pair by pair, which ids are left out of their bags.
  double learn(std::span<const std::uint32_t> order, Stream& dropped) {
    batch_users_.clear(), batch_items_.clear(), item_of_.clear(), log_q_.clear();
    for (const std::uint32_t pair : order) {
      const std::uint32_t item = pairs_.item[pair];
      const bool no_user = o_.id_dropout > 0 && dropped.bernoulli(o_.id_dropout),
                 no_item = o_.id_dropout > 0 && dropped.bernoulli(o_.id_dropout);
      batch_users_.push_back(&(no_user ? bare_users_ : user_bags_)[pairs_.user[pair]]);
      batch_items_.push_back(&(no_item ? bare_items_ : item_bags_)[item]);
      item_of_.push_back(item), log_q_.push_back(pairs_.log_share[item]);
    }
    const double loss = in_batch_softmax(users_, items_, batch_users_, batch_items_, item_of_,
                                         log_q_, o_.temperature, user_gradient_, item_gradient_);
    step_tower(user_adam_, users_, user_gradient_, batch_users_);
    step_tower(item_adam_, items_, item_gradient_, batch_items_);
    return loss;
  }

  void write_vectors(FactorTable& users, FactorTable& items) const {
    std::vector<double> x(o_.factors), active(o_.hidden + 1);
    for (std::size_t user = 0; user < user_bags_.size(); ++user)
      users_.forward(user_bags_[user], x.data(), active.data(), users.row(user).data());
    for (std::size_t item = 0; item < item_bags_.size(); ++item)
      items_.forward(item_bags_[item], x.data(), active.data(), items.row(item).data());
  }

 private:
  const TowerOptions o_;
  TowerPairs pairs_;
  std::vector<Bag> user_bags_, item_bags_, bare_users_, bare_items_;  // bare: without ids
  Tower users_, items_;
  Adam<double> user_adam_, item_adam_;
  std::vector<double> user_gradient_, item_gradient_, log_q_;
  std::vector<const Bag*> batch_users_, batch_items_;
  std::vector<std::uint32_t> item_of_;
};

}  // namespace

std::string TwoTower::describe() const {
  return fmt::format(
      "two towers: {} factors, {} hidden units, {} epochs of batches of {}, {} log-Q correction",
      options_.factors, options_.hidden, options_.epochs, options_.batch,
      options_.correct ? "with" : "without");
}

std::size_t TwoTower::bytes() const { return users_.bytes() + items_.bytes(); }

void TwoTower::score(std::uint32_t user, std::span<double> scores) const {
  assert(user < users_.rows() && scores.size() == items_.rows());
  for (std::size_t item = 0; item < scores.size(); ++item)
    scores[item] = dot(users_.row(user), items_.row(item));
}

Result<std::shared_ptr<const TwoTower>> fit_two_tower(const Interactions& training,
                                                      const SideFeatures& side,
                                                      const TowerOptions& o,
                                                      const Progress& progress) {
  if (auto fine = check_tower(training, side, o); !fine) return fail(fine.error());
  TowerLearner learner(training, side, o);
  std::vector<std::uint32_t> order(learner.pairs());
  std::iota(order.begin(), order.end(), 0U);
  std::shared_ptr<TwoTower> model(new TwoTower(training, o));
  for (std::size_t epoch = 0; epoch < o.epochs; ++epoch) {
    Stream(o.seed, "tower.order", 0, epoch).shuffle(std::span(order));
    Stream dropped(o.seed, "tower.dropped", 0, epoch);
    double loss = 0, batches = 0;
    for (std::size_t begin = 0; begin < order.size(); begin += o.batch, ++batches) {
      if (!progress.report((static_cast<double>(epoch) +
                            static_cast<double>(begin) / static_cast<double>(order.size())) /
                           static_cast<double>(o.epochs)))
        return cancelled();
      loss += learner.learn(
          std::span(order).subspan(begin, std::min(o.batch, order.size() - begin)), dropped);
    }
    if (!std::isfinite(loss))
      return fail(Code::invalid_argument,
                  "two towers: the loss is no number any more after epoch {}; use a smaller "
                  "learning rate than {:g}",
                  epoch + 1, o.learning_rate);
    model->losses_.push_back(loss / batches);
  }
  learner.write_vectors(model->users_, model->items_);
  return std::shared_ptr<const TwoTower>(model);
}

}  // namespace rehearse::recommend
