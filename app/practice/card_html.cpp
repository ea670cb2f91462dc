// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/card_html.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <sstream>

#include "engine/base/utf8.hpp"

namespace rehearse::practice {
namespace {

std::string escaped(const std::string& text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      default: html += c;
    }
  }
  return html;
}

// Replaces each pair of `mark` by tags.
std::string paired(const std::string& text, const std::string& mark, const std::string& tag) {
  std::string html;
  std::size_t from = 0;
  for (;;) {
    const auto open = text.find(mark, from);
    const auto close = open == text.npos ? open : text.find(mark, open + mark.size());
    if (close == text.npos) return html + text.substr(from);
    html += text.substr(from, open - from) + "<" + tag + ">" +
            text.substr(open + mark.size(), close - open - mark.size()) + "</" + tag + ">";
    from = close + mark.size();
  }
}

std::string with_tex(const std::string& text, const CardLibrary& library) {
  constexpr std::string_view kOpen = "{{formula:";
  std::string out;
  std::size_t from = 0;
  for (;;) {
    const auto open = text.find(kOpen, from);
    const auto close = open == text.npos ? open : text.find("}}", open);
    if (close == text.npos) return out + text.substr(from);
    const auto found =
        library.formulas().find(text.substr(open + kOpen.size(), close - open - kOpen.size()));
    out += text.substr(from, open - from);
    if (found != library.formulas().end()) out += "\\[" + found->second.tex + "\\]";
    from = close + 2;
  }
}

std::string inline_html(const std::string& line) {
  return paired(paired(line, "**", "b"), "`", "code");
}

// The name between `&` and `;`; empty where no entity begins.
std::string entity_at(const std::string& html, std::size_t at) {
  constexpr std::size_t kLongestEntity = 10;
  if (html[at] != '&') return "";
  const std::string_view front = std::string_view(html).substr(at, kLongestEntity);
  const auto end = front.find(';');
  return end == front.npos ? "" : std::string(front.substr(1, end - 1));
}

std::string entity(const std::string& name) {
  static const std::map<std::string, std::string> kNamed = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
  if (const auto found = kNamed.find(name); found != kNamed.end()) return found->second;
  if (name.size() < 2 || name[0] != '#') return "&" + name + ";";
  const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
  const char* begin = name.data() + (hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  std::from_chars(begin, name.data() + name.size(), code, hexadecimal ? 16 : 10);
  if (code < 32 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return " ";
  std::string bytes;
  append_utf8(bytes, code);
  return bytes;
}

bool breaks_line(const std::string& tag) {
  for (const char* name : {"br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/pre", "hr"})
    if (tag.compare(0, std::string_view(name).size(), name) == 0) return true;
  return false;
}

}  // namespace

std::string to_html(const std::string& markdown, const CardLibrary& library) {
  std::istringstream in(escaped(with_tex(markdown, library)));
  std::string html, paragraph;
  bool list = false, code = false;
  const auto end_paragraph = [&] {
    if (!paragraph.empty()) html += "<p>" + inline_html(paragraph) + "</p>";
    paragraph.clear();
  };
  const auto set_list = [&](bool on) {
    if (list != on) html += on ? "<ul>" : "</ul>";
    list = on;
  };
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("```", 0) == 0) {
      end_paragraph();
      set_list(false);
      code = !code;
      html += code ? "<pre>" : "</pre>";
    } else if (code) {
      html += line + "\n";
    } else if (line.rfind("- ", 0) == 0) {
      end_paragraph();
      set_list(true);
      html += "<li>" + inline_html(line.substr(2)) + "</li>";
    } else if (line.empty()) {
      end_paragraph();
      set_list(false);
    } else {
      set_list(false);
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
  }
  end_paragraph();
  set_list(false);
  return code ? html + "</pre>" : html;
}

std::string words_of_html(const std::string& html) {
  std::string text;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<') {
      const auto close = html.find('>', i);
      if (close == html.npos) break;
      std::string tag = html.substr(i + 1, close - i - 1);
      std::transform(tag.begin(), tag.end(), tag.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      if (breaks_line(tag)) text += '\n';
      i = close;
    } else if (const auto name = entity_at(html, i); !name.empty()) {
      text += entity(name);
      i += name.size() + 1;
    } else {
      text += html[i];
    }
  }
  std::string tidy;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find_first_not_of(" \t\r"), last = line.find_last_not_of(" \t\r");
    if (first != line.npos)
      tidy += (tidy.empty() ? "" : "\n") + line.substr(first, last - first + 1);
  }
  return tidy;
}

}  // namespace rehearse::practice
