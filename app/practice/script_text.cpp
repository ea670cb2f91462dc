// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/script_text.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace rehearse::practice {
namespace {

enum class TokenKind { name, text, sign, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;
};

// Lua's tokens (reference manual 5.4, 3.1), as far as telling texts from code needs them.
class LuaTokens {
 public:
  explicit LuaTokens(std::string_view lua) : lua_(lua) {}

  Token next() {
    skip_blanks_and_comments();
    if (at_ >= lua_.size()) return {};
    const char c = lua_[at_];
    if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') return {TokenKind::name, word()};
    if (c == '"' || c == '\'') return {TokenKind::text, quoted(c)};
    if (const int level = long_bracket(); level >= 0) return {TokenKind::text, long_text(level)};
    ++at_;
    return {TokenKind::sign, std::string(1, c)};
  }

 private:
  void skip_blanks_and_comments() {
    for (;;) {
      while (at_ < lua_.size() && std::isspace(static_cast<unsigned char>(lua_[at_]))) ++at_;
      if (lua_.substr(at_, 2) != "--") return;
      at_ += 2;
      if (const int level = long_bracket(); level >= 0)
        long_text(level);
      else
        at_ = std::min(lua_.find('\n', at_), lua_.size());
    }
  }
  std::string word() {
    const std::size_t from = at_;
    while (at_ < lua_.size() &&
           (std::isalnum(static_cast<unsigned char>(lua_[at_])) || lua_[at_] == '_'))
      ++at_;
    return std::string(lua_.substr(from, at_ - from));
  }
  std::string quoted(char quote) {
    std::string text;
    for (++at_; at_ < lua_.size() && lua_[at_] != quote && lua_[at_] != '\n'; ++at_) {
      if (lua_[at_] != '\\')
        text += lua_[at_];
      else if (++at_ < lua_.size())
        text += lua_[at_] == 'n' || lua_[at_] == 't' ? ' ' : lua_[at_];
    }
    at_ = std::min(at_ + 1, lua_.size());
    return text;
  }
  // The level of a bracket that opens here; -1 where none does.
  int long_bracket() const {
    if (at_ >= lua_.size() || lua_[at_] != '[') return -1;
    std::size_t end = at_ + 1;
    while (end < lua_.size() && lua_[end] == '=') ++end;
    return end < lua_.size() && lua_[end] == '[' ? static_cast<int>(end - at_ - 1) : -1;
  }
  std::string long_text(int level) {
    const std::size_t from = at_ + static_cast<std::size_t>(level) + 2;
    const std::string close = "]" + std::string(static_cast<std::size_t>(level), '=') + "]";
    const std::size_t end = std::min(lua_.find(close, from), lua_.size());
    at_ = std::min(end + close.size(), lua_.size());
    return std::string(lua_.substr(from, end - from));
  }

  std::string_view lua_;
  std::size_t at_ = 0;
};

}  // namespace

ScriptText text_of_script(std::string_view lua) {
  static const std::set<std::string> kSaid = {"statement", "asks", "see"};
  static const std::set<std::string> kCalls = {"design", "incident", "chapter"};
  ScriptText script;
  LuaTokens tokens(lua);
  Token before, last;
  const auto say = [&script](const std::string& text) { script.prose += text + "\n\n"; };
  for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next()) {
    if (token.kind == TokenKind::text) {
      const bool field = last.text == "=" && last.kind == TokenKind::sign;
      const bool call = last.kind == TokenKind::name && kCalls.count(last.text);
      const bool chapter = last.kind == TokenKind::text && before.kind == TokenKind::name &&
                           before.text == "chapter";
      if (script.title.empty() &&
          ((field && before.text == "title") || (call && last.text != "chapter")))
        script.title = token.text;
      else if (call || chapter || (field && (kSaid.count(before.text) || before.text == "title")))
        say(token.text);
    }
    before = std::move(last);
    last = std::move(token);
  }
  return script;
}

}  // namespace rehearse::practice
