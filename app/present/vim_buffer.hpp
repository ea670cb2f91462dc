// SPDX-License-Identifier: GPL-3.0-or-later
//
// VimBuffer: what the interpreter of Vim's keys (vim_keys.hpp) needs of a text. The editor is one;
// so is a string in a test.
//
// Positions are offsets into text(), counted in UTF-16 units; lines end with one '\n'.
#pragma once

#include <QString>

namespace rehearse::present {

class VimBuffer {
 public:
  virtual ~VimBuffer() = default;
  virtual QString text() const = 0;
  virtual int cursor() const = 0;
  virtual void setCursor(int at) = 0;
  // What stands in [from, to) becomes `with`; one step of undo unless between the two below.
  virtual void replace(int from, int to, const QString& with) = 0;
  virtual void beginUndoStep() = 0;
  virtual void endUndoStep() = 0;
  virtual void undo() = 0;
  virtual void redo() = 0;
  // What is selected is shown, [from, to); equal when nothing is.
  virtual void select(int from, int to) = 0;
  virtual int indentWidth() const = 0;
};

}  // namespace rehearse::present
