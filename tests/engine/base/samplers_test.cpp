// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every sampler against its law, with Boost.Math as the oracle: Kolmogorov-Smirnov or chi-square at
// a fixed seed (p > 1e-4), and the first two moments within 4.5 standard errors.
#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/base/random.hpp"

namespace rehearse {
namespace {

namespace bm = boost::math;

constexpr std::size_t kDraws = 100'000;

// Asymptotic p of the one-sample Kolmogorov-Smirnov distance.
double ks_p(std::vector<double> sample, const std::function<double(double)>& cdf) {
  std::sort(sample.begin(), sample.end());
  const double n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double f = cdf(sample[i]);
    distance =
        std::max({distance, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  const double x = distance * std::sqrt(n);
  double p = 0;
  for (int k = 1; k <= 100; ++k) p += (k % 2 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return std::clamp(p, 0.0, 1.0);
}

struct Moments {
  double mean = 0, variance = 0;
};

Moments moments(const std::vector<double>& sample) {
  const double n = static_cast<double>(sample.size());
  const double mean = std::accumulate(sample.begin(), sample.end(), 0.0) / n;
  double squares = 0;
  for (double x : sample) squares += (x - mean) * (x - mean);
  return {mean, squares / (n - 1)};
}

template <class Draw>
std::vector<double> draw_many(const char* process, Draw draw) {
  Stream stream(2024, process);
  std::vector<double> sample(kDraws);
  for (double& value : sample) value = static_cast<double>(draw(stream));
  return sample;
}

template <class Law>
void check_moments(const std::vector<double>& sample, const Law& law) {
  const Moments got = moments(sample);
  const double n = static_cast<double>(sample.size()), variance = bm::variance(law);
  CHECK(std::abs(got.mean - bm::mean(law)) < 4.5 * std::sqrt(variance / n));
  // The variance of a sample variance, by the fourth moment.
  const double error = variance * std::sqrt((bm::kurtosis(law) - 1) / n);
  CHECK(std::abs(got.variance - variance) < 4.5 * error);
}

template <class Law, class Draw>
void check_law(const char* process, const Law& law, Draw draw) {
  INFO(process);
  const std::vector<double> sample = draw_many(process, draw);
  CHECK(ks_p(sample, [&](double x) { return bm::cdf(law, x); }) > 1e-4);
  check_moments(sample, law);
}

TEST_CASE("samplers: the test itself refuses a wrong law") {
  const auto sample = draw_many("wrong", [](Stream& s) { return s.normal(0.03, 1); });
  CHECK(ks_p(sample, [](double x) { return bm::cdf(bm::normal(), x); }) < 1e-4);
}

TEST_CASE("samplers: normal_quantile agrees with Boost to the last digits") {
  const bm::normal law;
  for (double p : {1e-300, 1e-100, 1e-20, 1e-9, 1e-4, 0.01, 0.074, 0.0751, 0.1, 0.3, 0.4999999,
                   0.50001, 0.6, 0.925, 0.975, 0.999, 1 - 1e-9, 1 - 1e-15})
    CHECK(normal_quantile(p) == Approx(bm::quantile(law, p)).epsilon(2e-15).margin(1e-16));
  CHECK(normal_quantile(0.5) == 0);
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
}

TEST_CASE("samplers: normal_quantile is odd and increasing") {
  double before = -1e9;
  for (int i = 1; i < 4096; ++i) {
    const double p = i / 4096.0, z = normal_quantile(p);
    CHECK(z > before);
    CHECK(z == -normal_quantile(1 - p));
    before = z;
  }
}

TEST_CASE("samplers: normal draws follow the normal law") {
  check_law("normal", bm::normal(), [](Stream& s) { return s.normal(); });
  check_law("normal.shifted", bm::normal(-3, 0.5), [](Stream& s) { return s.normal(-3, 0.5); });
}

TEST_CASE("samplers: exponential draws follow the exponential law") {
  check_law("exponential", bm::exponential(1), [](Stream& s) { return s.exponential(); });
  check_law("exponential.fast", bm::exponential(250), [](Stream& s) { return s.exponential(250); });
}

TEST_CASE("samplers: gamma draws follow the gamma law at shapes from tiny to large") {
  for (double shape : {0.1, 0.5, 0.999, 1.0, 1.001, 2.5, 40.0, 1e5})
    check_law("gamma", bm::gamma_distribution(shape, 3.0),
              [&](Stream& s) { return s.gamma(shape, 3); });
}

TEST_CASE("samplers: gamma of shape 0.01 follows its law where most draws are near zero") {
  const bm::gamma_distribution law(0.01, 1.0);
  const auto sample = draw_many("gamma.tiny", [](Stream& s) { return s.gamma(0.01); });
  // Draws under 1e-308 become 0; the law puts 10^-3.08 there.
  CHECK(ks_p(sample, [&](double x) { return x <= 0 ? 0 : bm::cdf(law, x); }) > 1e-4);
  CHECK(moments(sample).mean == Approx(0.01).margin(4.5 * std::sqrt(0.01 / kDraws)));
}

TEST_CASE("samplers: beta draws follow the beta law") {
  const std::pair<double, double> shapes[] = {{1, 1},   {2, 5},    {0.5, 0.5},
                                              {0.3, 4}, {30, 0.7}, {400, 600}};
  for (auto [a, b] : shapes)
    check_law("beta", bm::beta_distribution(a, b),
              [a = a, b = b](Stream& s) { return s.beta(a, b); });
}

TEST_CASE("samplers: beta of tiny parameters gives zeros and ones in proportion, never NaN") {
  for (double scale : {1e-3, 1e-8, 1e-300}) {
    const auto sample = draw_many("beta.tiny", [&](Stream& s) { return s.beta(3 * scale, scale); });
    for (double x : sample)
      if (!(x >= 0 && x <= 1)) FAIL("beta gave " << x);
    const double sd = std::sqrt(0.75 * 0.25 / kDraws);
    CHECK(moments(sample).mean == Approx(0.75).margin(4.5 * sd));
  }
}

TEST_CASE("samplers: Weibull draws follow the Weibull law") {
  for (double shape : {0.5, 1.0, 1.7, 8.0})
    check_law("weibull", bm::weibull(shape, 2.0), [&](Stream& s) { return s.weibull(shape, 2); });
}

// Chi-square over the whole numbers, tails pooled so that every cell expects at least ten.
double poisson_p(const std::vector<double>& sample, double mean) {
  const bm::poisson law(mean);
  const double n = static_cast<double>(sample.size());
  const double low = bm::quantile(law, 10 / n * 2),
               high = bm::quantile(bm::complement(law, 10 / n * 2));
  const std::size_t cells = static_cast<std::size_t>(high - low) + 1;
  std::vector<double> counts(cells, 0.0), expected(cells);
  for (double k : sample) counts[static_cast<std::size_t>(std::clamp(k, low, high) - low)] += 1;
  for (std::size_t i = 0; i < cells; ++i)
    expected[i] = n * bm::pdf(law, low + static_cast<double>(i));
  expected.front() = n * bm::cdf(law, low);
  expected.back() = n * bm::cdf(bm::complement(law, high - 1));
  double statistic = 0;
  for (std::size_t i = 0; i < cells; ++i)
    statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  return bm::cdf(bm::complement(bm::chi_squared(static_cast<double>(cells - 1)), statistic));
}

TEST_CASE("samplers: Poisson draws follow the Poisson law, on both sides of the change of method") {
  for (double mean : {0.05, 0.7, 3.0, 9.99, 10.0, 10.5, 35.0, 400.0}) {
    INFO("mean " << mean);
    const auto sample = draw_many("poisson", [&](Stream& s) { return s.poisson(mean); });
    CHECK(poisson_p(sample, mean) > 1e-4);
    check_moments(sample, bm::poisson(mean));
  }
}

TEST_CASE("samplers: Poisson of mean 0 is 0, and of mean 1e6 and 1e15 has the right spread") {
  Stream stream(1, "poisson.edge");
  for (int i = 0; i < 100; ++i) REQUIRE(stream.poisson(0) == 0);
  const auto sample = draw_many("poisson.million", [](Stream& s) { return s.poisson(1e6); });
  check_moments(sample, bm::poisson(1e6));
  CHECK(ks_p(sample, [](double k) {
          return bm::cdf(bm::normal(1e6 + 0.5 - 1.0 / 6, 1e3), k + 0.5);
        }) > 1e-4);
  const auto huge = moments(
      draw_many("poisson.huge", [](Stream& s) { return s.poisson(1e15) - 1'000'000'000'000'000; }));
  CHECK(std::abs(huge.mean) < 4.5 * std::sqrt(1e15 / kDraws));
  CHECK(huge.variance == Approx(1e15).epsilon(4.5 * std::sqrt(2.0 / kDraws)));
}

TEST_CASE("samplers: draws are the same on every run") {
  Stream stream(42, "golden");
  CHECK(stream.next_u64() == 52191992478026932ULL);
  CHECK(stream.normal() == Approx(-0.2848829077).epsilon(1e-9));
  CHECK(stream.gamma(2.5) == Approx(1.4141758236).epsilon(1e-9));
  CHECK(stream.gamma(0.5) == Approx(0.0416880732).epsilon(1e-8));
  CHECK(stream.beta(0.5, 2) == Approx(0.243842703).epsilon(1e-8));
  CHECK(stream.poisson(4) == 8);
  CHECK(stream.poisson(1000) == 973);
  CHECK(stream.weibull(2, 3) == Approx(2.5468312455).epsilon(1e-9));
}

}  // namespace
}  // namespace rehearse
