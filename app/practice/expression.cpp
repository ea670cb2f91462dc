// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/expression.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace rehearse::practice {
namespace {

constexpr int kDeepest = 64;

// Recursive descent; the first error is kept and ends the reading.
class Parser {
 public:
  Parser(std::string_view text, const Functions& functions) : text_(text), functions_(functions) {}

  Result<double> whole() {
    const double value = sum();
    skip();
    if (error_.empty() && at_ != text_.size()) complain("the end");
    if (!error_.empty()) return fail(Code::bad_data, "{}", error_);
    if (!std::isfinite(value)) return fail(Code::bad_data, "`{}` is not a finite number", text_);
    return value;
  }

 private:
  double sum() {
    double value = product();
    while (error_.empty()) {
      if (take('+'))
        value += product();
      else if (take('-'))
        value -= product();
      else
        break;
    }
    return value;
  }

  double product() {
    double value = power();
    while (error_.empty()) {
      if (take('*'))
        value *= power();
      else if (take('/'))
        value /= power();
      else
        break;
    }
    return value;
  }

  double power() {
    if (take('-')) return -power();
    const double base = atom();
    return take('^') ? std::pow(base, power()) : base;
  }

  double atom() {
    if (++depth_ > kDeepest) return complain("less nesting");
    skip();
    double value = 0;
    if (take('(')) {
      value = sum();
      if (!take(')')) complain("`)`");
    } else if (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_]))) {
      value = call();
    } else {
      value = number();
    }
    --depth_;
    return value;
  }

  double number() {
    double value = 0;
    const auto [end, code] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (code != std::errc()) return complain("a number");
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }

  double call() {
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
      ++at_;
    const std::string name(text_.substr(start, at_ - start));
    const auto function = functions_.find(name);
    if (function == functions_.end()) {
      std::string known;
      for (const auto& [one, body] : functions_) known += (known.empty() ? "" : ", ") + one;
      if (error_.empty())
        error_ = fmt::format("there is no function `{}`; there are {}", name, known);
      return 0;
    }
    if (!take('(')) return complain("`(`");
    std::vector<Argument> arguments;
    if (!take(')')) {
      do arguments.push_back(argument());
      while (take(','));
      if (!take(')')) return complain("`)`");
    }
    if (!error_.empty()) return 0;
    auto value = function->second(arguments);
    if (value) return *value;
    error_ = name + ": " + value.error().message;
    return 0;
  }

  Argument argument() {
    if (!take('[')) return {sum()};
    Argument list;
    if (take(']')) return list;
    do list.push_back(sum());
    while (take(','));
    if (!take(']')) complain("`]`");
    return list;
  }

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool take(char c) {
    skip();
    if (!error_.empty() || at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  double complain(const char* due) {
    if (error_.empty())
      error_ = fmt::format("`{}`: {} was due at character {}", text_, due, at_ + 1);
    return 0;
  }

  std::string_view text_;
  const Functions& functions_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string error_;
};

Function of_one(double (*function)(double)) {
  return [function](const std::vector<Argument>& a) -> Result<double> {
    if (a.size() != 1 || a[0].size() != 1) return fail(Code::bad_data, "takes one number");
    return function(a[0][0]);
  };
}

Function of_many(double (*fold)(double, double)) {
  return [fold](const std::vector<Argument>& a) -> Result<double> {
    Argument all;
    for (const Argument& one : a) all.insert(all.end(), one.begin(), one.end());
    if (all.empty()) return fail(Code::bad_data, "takes at least one number");
    double value = all[0];
    for (const double v : all) value = fold(value, v);
    return value;
  };
}

}  // namespace

Functions arithmetic_functions() {
  return {
      {"exp", of_one([](double x) { return std::exp(x); })},
      {"log", of_one([](double x) { return std::log(x); })},
      {"log2", of_one([](double x) { return std::log2(x); })},
      {"sqrt", of_one([](double x) { return std::sqrt(x); })},
      {"floor", of_one([](double x) { return std::floor(x); })},
      {"sigmoid", of_one([](double x) { return 1 / (1 + std::exp(-x)); })},
      {"logit", of_one([](double x) { return std::log(x / (1 - x)); })},
      {"min", of_many([](double a, double b) { return std::min(a, b); })},
      {"max", of_many([](double a, double b) { return std::max(a, b); })},
  };
}

Result<double> evaluate(std::string_view expression, const Functions& functions) {
  return Parser(expression, functions).whole();
}

}  // namespace rehearse::practice
