// SPDX-License-Identifier: GPL-3.0-or-later
//
// Factorization machines: logistic regression that also weighs pairs of features, without a weight
// a pair.
//
//   fm   η = Σ w_i x_i + Σ_{i<j} <v_i, v_j> x_i x_j                        (Rendle 2010)
//   ffm  η = Σ w_i x_i + Σ_{i<j} <v_{i,f(j)}, v_{j,f(i)}> x_i x_j          (Juan et al. 2016)
//
// v has k numbers a feature; field-aware, k numbers a feature and field of the partner (a field is
// a column). The pairs of an fm are summed in O(k · width):
//
//   Σ_{i<j} <v_i, v_j> x_i x_j = ½ Σ_f [ (Σ_i v_{i,f} x_i)² - Σ_i v_{i,f}² x_i² ]
//
// those of an ffm take O(k · width²). Use them where what matters is who meets what (this user in
// that community) and most pairs were seen rarely or never: a pair borrows from all pairs of its
// parts. On few columns without interactions they only overfit. The bias pairs with nothing.
//
// Learned by AdaGrad (Duchi et al. 2011) over shuffled rows, one row a step:
//   g ← gradient + l2 · θ,  G ← G + g²,  θ ← θ - rate · g / √G     with G from 1.
// Rows are encoded as in encoding.hpp; `normalize` scales a row to length 1 (as libffm does).
#pragma once

#include "engine/models/encoding.hpp"
#include "engine/models/linear_model.hpp"

namespace rehearse::models {

struct FmOptions {
  bool field_aware = false;
  int factors = 8;             // [1, 128]: k
  double learning_rate = 0.1;  // (0, 10]
  double l2 = 2e-5;            // [0, 10]: of each row's update
  int epochs = 10;             // [1, 1000]
  bool normalize = true;
  double keep_negatives = 1;  // (0, 1]
  Frame validation = {};      // early stopping on its log loss, if it has rows
  int patience = 2;           // epochs without improvement there
  std::uint64_t seed = 1;     // of the first factors, the order of rows, the rows kept
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};
};

class FmModel : public Stepped {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string label() const override { return options_.label; }
  std::string describe() const override;
  std::size_t bytes() const override;
  // rows_seen, rows_trained, positives, parameters, epochs (run), log_loss (progressive, of the
  // last epoch), and with a validation table validation_log_loss, best_epoch.
  Facts facts() const override { return facts_; }
  // A row a term: `linear` of each entry, then `pair` of each two, the largest first: part, term,
  // weight (w or <v, v>), value (x or x x), contribution, eta (sum so far), prediction, gradient
  // (of the weight: slope · value).
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;

  // η of one encoded row, pairs summed one by one: O(k width²). For an fm equal to what score()
  // takes, up to rounding.
  double eta_by_pairs(const EncodedRows& x, std::size_t row) const;
  double eta(const EncodedRows& x, std::size_t row) const;
  Result<EncodedRows> encode(const Frame& rows) const;  // normalized, if that was asked for
  const Encoding& encoding() const { return encoding_; }
  // d log loss / dθ of one row, without l2: weights, then factors. For tests and for trail.
  std::vector<double> gradient(const EncodedRows& x, std::size_t row, double y) const;
  std::vector<double> parameters() const;
  void set_parameters(std::span<const double> theta);  // of a model that is not shared yet

 private:
  friend class FmTrainer;
  friend struct SavedFields;
  // <v, v> of entries a and b of a row, with the factors that each shows to the other.
  double affinity(const EncodedRows& x, std::size_t a, std::size_t b) const;
  // Where the factors of entry `at` towards entry `partner` begin.
  std::size_t factor_of(const EncodedRows& x, std::size_t at, std::size_t partner) const;
  FmOptions options_;
  Encoding encoding_;
  std::vector<double> weights_;
  std::vector<double> factors_;
  std::size_t rank_ = 0, fields_ = 1;  // numbers a feature and field; fields is 1 for an fm
  Facts facts_;
};

// O(epochs · rows · k · width), or width² where field-aware.
// Errors: those of Encoding::fit; a label not 0 or 1; one class; an option out of its range; more
// than 2^27 factors.
Result<Training<FmModel>> train_fm(const Frame& rows, const FmOptions& options = {},
                                   const Progress& progress = {});

}  // namespace rehearse::models
