// SPDX-License-Identifier: GPL-3.0-or-later
//
// A shallow network of one or several outputs over the same inputs, small enough to be read:
//
//   h = max(0, W x + b)          one hidden layer that all outputs share; may be left out
//   s_t = w_t·x + v_t·h + c_t    w_t·x only where it is `wide`
//
// Without a hidden layer it is a linear scorer; with several outputs and no wide part it is the
// shared bottom with a head a task (Caruana 1997). Rows come in lists whose loss looks at all of
// their scores, which is why it stands apart from mlp_net.hpp: there a row has a loss of its own.
//
// All parameters lie in one vector, in the order W, b, then for each output w_t, v_t, c_t, so that
// an optimizer and a test by finite differences need not know what they are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rehearse::models {

struct ShallowNet {
  std::size_t inputs = 0, hidden = 0, outputs = 1;
  bool wide = true;
  std::vector<double> at;  // parameters

  // W from normal(0, √(2 / inputs)) by (seed, process), all else 0 but v, which is from
  // normal(0, √(1 / hidden)).
  static ShallowNet make(std::size_t inputs, std::size_t hidden, std::size_t outputs, bool wide,
                         std::uint64_t seed, const char* process);
  std::size_t parameters() const { return at.size(); }
  // To score one row with all outputs.
  std::size_t multiply_adds() const { return hidden * inputs + outputs * head(); }
  // Where the parameters of output t begin: w_t (if wide), v_t, c_t.
  std::size_t head_begin(std::size_t t) const { return hidden * (inputs + 1) + t * (head() + 1); }

  // Scores of one row; `active` (size hidden) receives h.
  void forward(const double* x, double* scores, double* active) const;
  // Adds the gradient of a row, given ∂loss/∂scores, to `gradient` (as many as parameters()).
  void backward(const double* x, const double* active, const double* by_score,
                double* gradient) const;

 private:
  std::size_t head() const { return (wide ? inputs : 0) + hidden; }
};

}  // namespace rehearse::models
