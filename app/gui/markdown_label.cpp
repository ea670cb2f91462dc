// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/markdown_label.hpp"

#include <QLabel>
#include <QTextDocument>
#include <QVariant>

#include "app/gui/card_text.hpp"
#include "app/plots/wrapped_label.hpp"

namespace rehearse::gui {
namespace {

constexpr const char* kMarkdown = "markdown";  // what the label was made from

QString html(const QString& markdown, const Theme& theme) {
  QTextDocument document;
  document.setMarkdown(markdown);
  typeset(document, theme);
  return document.toHtml();
}

}  // namespace

QLabel* markdownLabel(const std::string& markdown, const Theme& theme, QWidget* parent) {
  auto* label = new plots::WrappedLabel(parent);
  label->setProperty(kMarkdown, QString::fromStdString(markdown));
  label->setTextFormat(Qt::RichText);
  label->setText(html(label->property(kMarkdown).toString(), theme));
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
  return label;
}

void dressMarkdown(const QWidget& root, const Theme& theme) {
  for (QLabel* label : root.findChildren<QLabel*>())
    if (const QVariant markdown = label->property(kMarkdown); markdown.isValid())
      label->setText(html(markdown.toString(), theme));
}

}  // namespace rehearse::gui
