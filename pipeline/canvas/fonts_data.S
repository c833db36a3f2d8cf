/* fonts_data.S — the font subsets of build/fonts/ carried in the binary, so that no run reads a font of the machine.
 *
 * .incbin and not a C array: the bytes need no compiler. The assembler looks in build/fonts (-Wa,-I of the Makefile).
 * Each font gives two symbols: gb_font_<name> (first byte) and gb_font_<name>_end (one past the last). */
        .section .rodata
.macro font name, file
        .global \name
        .global \name\()_end
        .type \name, %object
        .balign 16
\name:
        .incbin "\file"
\name\()_end:
        .size \name, . - \name
        .byte 0
.endm
        font gb_font_serif_regular,     "LiberationSerif-Regular.ttf"
        font gb_font_serif_bold,        "LiberationSerif-Bold.ttf"
        font gb_font_serif_italic,      "LiberationSerif-Italic.ttf"
        font gb_font_serif_bold_italic, "LiberationSerif-BoldItalic.ttf"
        font gb_font_sans_regular,      "LiberationSans-Regular.ttf"
        font gb_font_sans_bold,         "LiberationSans-Bold.ttf"
        .section .note.GNU-stack, "", %progbits
