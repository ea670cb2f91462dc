// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/shallow_net.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"

namespace rehearse::models {

ShallowNet ShallowNet::make(std::size_t inputs, std::size_t hidden, std::size_t outputs, bool wide,
                            std::uint64_t seed, const char* process) {
  ShallowNet net{inputs, hidden, outputs, wide, {}};
  net.at.assign(net.head_begin(outputs), 0.0);
  Stream stream(seed, process);
  const double spread = std::sqrt(2 / static_cast<double>(inputs));
  for (std::size_t i = 0; i < hidden * inputs; ++i) net.at[i] = stream.normal(0, spread);
  for (std::size_t t = 0; t < outputs; ++t) {
    double* v = net.at.data() + net.head_begin(t) + (wide ? inputs : 0);
    for (std::size_t h = 0; h < hidden; ++h)
      v[h] = stream.normal(0, std::sqrt(1 / static_cast<double>(hidden)));
  }
  return net;
}

void ShallowNet::forward(const double* x, double* scores, double* active) const {
  const double* bias = at.data() + hidden * inputs;
  for (std::size_t h = 0; h < hidden; ++h) {
    double sum = bias[h];
    const double* row = at.data() + h * inputs;
    for (std::size_t i = 0; i < inputs; ++i) sum += row[i] * x[i];
    active[h] = std::max(0.0, sum);
  }
  for (std::size_t t = 0; t < outputs; ++t) {
    const double* p = at.data() + head_begin(t);
    double sum = 0;
    if (wide)
      for (std::size_t i = 0; i < inputs; ++i) sum += *p++ * x[i];
    for (std::size_t h = 0; h < hidden; ++h) sum += *p++ * active[h];
    scores[t] = sum + *p;
  }
}

void ShallowNet::backward(const double* x, const double* active, const double* by_score,
                          double* gradient) const {
  for (std::size_t t = 0; t < outputs; ++t) {
    const double d = by_score[t];
    if (d == 0) continue;
    double* g = gradient + head_begin(t);
    if (wide)
      for (std::size_t i = 0; i < inputs; ++i) *g++ += d * x[i];
    for (std::size_t h = 0; h < hidden; ++h) *g++ += d * active[h];
    *g += d;
  }
  double* bias = gradient + hidden * inputs;
  for (std::size_t h = 0; h < hidden; ++h) {
    if (active[h] <= 0) continue;
    double d = 0;
    for (std::size_t t = 0; t < outputs; ++t)
      d += by_score[t] * at[head_begin(t) + (wide ? inputs : 0) + h];
    if (d == 0) continue;
    double* row = gradient + h * inputs;
    for (std::size_t i = 0; i < inputs; ++i) row[i] += d * x[i];
    bias[h] += d;
  }
}

}  // namespace rehearse::models
