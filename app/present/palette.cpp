// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/palette.hpp"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <vector>

namespace rehearse::present {
namespace {

constexpr int kLetter = 1, kWordStart = 8, kFollows = 6, kTextStart = 4;
constexpr int kNever = -1;

// Letters without case and accents, blanks kept.
QString plain(const QString& text) {
  QString letters;
  for (const QChar c : text.normalized(QString::NormalizationForm_D))
    if (c.category() != QChar::Mark_NonSpacing) letters.append(c.toLower());
  return letters;
}

bool startsWord(const QString& text, qsizetype at) {
  return text[at].isLetterOrNumber() && (at == 0 || !text[at - 1].isLetterOrNumber());
}

int worth(const QString& text, qsizetype at) {
  return kLetter + (startsWord(text, at) ? kWordStart : 0) + (at == 0 ? kTextStart : 0);
}

std::optional<int> plainScore(const QString& word, const QString& text) {
  if (word.isEmpty()) return 0;
  // best[j]: the word up to the letter in hand, with that letter placed on j; reach: on j or
  // before.
  std::vector<int> best(static_cast<std::size_t>(text.size()), kNever), before;
  for (qsizetype i = 0; i < word.size(); ++i) {
    before = best;
    int reach = i == 0 ? 0 : kNever;
    for (qsizetype j = 0; j < text.size(); ++j) {
      const auto at = static_cast<std::size_t>(j);
      int& here = best[at];
      here = kNever;
      if (text[j] == word[i] && reach != kNever) here = reach + worth(text, j);
      if (text[j] == word[i] && i > 0 && j > 0 && before[at - 1] != kNever)
        here = std::max(here, before[at - 1] + worth(text, j) + kFollows);
      if (i > 0) reach = std::max(reach, before[at]);
    }
  }
  const auto top = std::max_element(best.begin(), best.end());
  return top == best.end() || *top == kNever ? std::nullopt : std::optional(*top);
}

}  // namespace

std::optional<int> fuzzyScore(const QString& word, const QString& text) {
  return plainScore(plain(word), plain(text));
}

QList<qsizetype> rankPalette(const QList<PaletteItem>& items, const QString& typed,
                             qsizetype most) {
  static const QRegularExpression blanks("\\s+");
  const QStringList words = plain(typed).split(blanks, Qt::SkipEmptyParts);
  struct Fit {
    qsizetype item, length;
    int score;
  };
  QList<Fit> fits;
  for (qsizetype i = 0; i < items.size(); ++i) {
    const QString title = plain(items[i].title),
                  rest = plain(items[i].detail + " " + items[i].also);
    int score = 0;
    const bool all = std::all_of(words.begin(), words.end(), [&](const QString& word) {
      const auto inTitle = plainScore(word, title), inRest = plainScore(word, rest);
      if (!inTitle && !inRest) return false;
      score += std::max(2 * inTitle.value_or(0), inRest.value_or(0));
      return true;
    });
    if (all) fits.append({i, words.isEmpty() ? 0 : title.size(), score});
  }
  std::stable_sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
    return a.score != b.score ? a.score > b.score : a.length < b.length;
  });
  QList<qsizetype> places;
  for (const Fit& fit : fits.first(std::min(most, fits.size()))) places.append(fit.item);
  return places;
}

}  // namespace rehearse::present
