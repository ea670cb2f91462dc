// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/popularity.hpp"

#include <algorithm>
#include <cassert>

namespace rehearse::recommend {
namespace {

class Popularity : public Recommender {
 public:
  explicit Popularity(const Interactions& training) : training_(training) {
    for (std::uint32_t item = 0; item < training.items(); ++item)
      users_.push_back(static_cast<double>(training.users_of(item).size()));
  }
  std::string describe() const override { return "popularity: the number of users of an item"; }
  std::size_t bytes() const override { return users_.capacity() * sizeof(double); }
  const Interactions& training() const override { return training_; }
  void score(std::uint32_t, std::span<double> scores) const override {
    assert(scores.size() == users_.size());
    std::copy(users_.begin(), users_.end(), scores.begin());
  }

 private:
  Interactions training_;
  std::vector<double> users_;
};

}  // namespace

RecommenderPtr fit_popularity(const Interactions& training) {
  return std::make_shared<Popularity>(training);
}

}  // namespace rehearse::recommend
