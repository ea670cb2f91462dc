// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace rehearse::cli {
namespace {

// What a shell makes of a variable that is not set.
const CLI::Validator& not_empty() {
  static const CLI::Validator rule(
      [](std::string& value) {
        return value.empty() ? std::string("the value is empty; write one, or leave this out")
                             : std::string();
      },
      "");
  return rule;
}

// CLI11 reads -1 as the largest number there is.
const CLI::Validator& not_negative() {
  static const CLI::Validator rule(
      [](std::string& value) {
        return value.starts_with("-") ? value + " is below 0; a whole number from 0 is due"
                                      : std::string();
      },
      "");
  return rule;
}

}  // namespace

Argument& Argument::required() {
  option_->required();
  return *this;
}

Argument& Argument::within(int low, int high) {
  option_->check(CLI::Range(low, high));
  return *this;
}

Argument& Argument::one_of(const std::vector<std::string>& values) {
  option_->check(CLI::IsMember(values));
  return *this;
}

Argument& Argument::ends_in(const std::vector<std::string>& endings) {
  option_->check(CLI::Validator(
      [endings](std::string& name) {
        for (const std::string& ending : endings)
          if (CLI::detail::to_lower(name).ends_with(ending)) return std::string();
        return fmt::format("{} must end in {}", name, fmt::join(endings, " or "));
      },
      ""));
  return *this;
}

Argument& Argument::names_a(const std::string& kind) {
  option_->type_name(kind);
  return *this;
}

Argument& Argument::shows_default() {
  option_->capture_default_str();
  return *this;
}

Argument& Argument::one_value_each() {
  option_->allow_extra_args(false);
  return *this;
}

Argument Arguments::add_flag(const std::string& name, bool& target, const std::string& sentence) {
  return Argument(app_.add_flag(name, target, sentence));
}

Argument Arguments::add_option(const std::string& name, std::string& target,
                               const std::string& sentence) {
  return Argument(app_.add_option(name, target, sentence)->check(not_empty()));
}

Argument Arguments::add_option(const std::string& name, int& target, const std::string& sentence) {
  return Argument(app_.add_option(name, target, sentence));
}

Argument Arguments::add_option(const std::string& name, std::uint64_t& target,
                               const std::string& sentence) {
  return Argument(app_.add_option(name, target, sentence)->check(not_negative()));
}

Argument Arguments::add_option(const std::string& name, unsigned& target,
                               const std::string& sentence) {
  return Argument(app_.add_option(name, target, sentence)->check(not_negative()));
}

Argument Arguments::add_option(const std::string& name, std::vector<std::string>& target,
                               const std::string& sentence) {
  return Argument(app_.add_option(name, target, sentence)->check(not_empty()));
}

}  // namespace rehearse::cli
